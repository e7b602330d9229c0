import { WebhookEvent } from '@interview-webhooks/client';
import { command } from '../command.ts';
import { connect, connectionArgs } from '../connection.ts';
import { exitCodes, UsageError } from '../failure.ts';
import { forward, type Forwarded } from '../listening/forward.ts';
import { listenForRequests, type SentRequest } from '../listening/requests.ts';
import { plainText } from '../terminal/plain-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { eventName } from './deliveries/delivery-words.ts';

export const listen = command({
  name: 'listen',
  description: 'Sends every webhook to a server on this machine, too.',
  details:
    'Each attempt of the workspace, as it goes out: the same bytes, the same headers, signed once. Where it was meant\n' +
    'to go need not be reachable, and this machine neither. Asks for the scope settings:write, because the headers\n' +
    'have the receiver’s credential. What is missed while the connection is interrupted follows.',
  examples: [
    'listen --forward-to http://localhost:4000/webhooks',
    'listen --forward-to http://localhost:4000/webhooks --json',
  ],
  args: {
    'forward-to': {
      type: 'string',
      valueHint: 'url',
      required: true,
      description: 'The server on this machine.',
    },
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const url = targetOf(args['forward-to']);
    const client = connect(args);
    const stopped = new AbortController();
    const stop = () => {
      stopped.abort();
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const underWay = new Set<Promise<void>>();
    let isInterrupted = false;
    await listenForRequests(
      client,
      {
        listening: () => {
          isInterrupted = false;
          terminal.note(`Listening. Forwarding to ${url.href}. Ctrl-C ends it.`);
        },
        interrupted: () => {
          if (!isInterrupted)
            terminal.note('The server cannot be heard; trying again. What it sends meanwhile follows.');
          isInterrupted = true;
        },
        request: (request) => {
          // Side by side: a breakpoint in one must not hold up the others.
          const done = forward(url, request).then((forwarded) => {
            report(terminal, request, forwarded);
            underWay.delete(done);
          });
          underWay.add(done);
        },
      },
      stopped.signal,
    );
    await Promise.all(underWay);
    return exitCodes.ok;
  },
});

function targetOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new UsageError('--forward-to must be a full http(s) URL, such as http://localhost:4000/webhooks.');
}

/** One line for each; JSON has one object a line, so that a program can read along. */
function report(terminal: Terminal, request: SentRequest, { status, reason, tookMs }: Forwarded): void {
  const { number, trigger, sent_at, body } = request;
  const { event, candidate_name, event_id } = WebhookEvent.parse(JSON.parse(body));
  if (terminal.json) {
    terminal.print(
      JSON.stringify({
        sent_at,
        event_id,
        event,
        candidate_name,
        number,
        trigger,
        status,
        reason,
        took_ms: tookMs,
      }),
    );
    return;
  }
  const isGood = status !== null && status >= 200 && status < 300;
  const outcome = status === null ? `no answer: ${reason ?? ''}` : String(status);
  terminal.print(
    [
      terminal.paint('dim', sent_at.slice(11, 19)),
      eventName(event).padEnd(10),
      plainText(candidate_name),
      number > 1 ? `attempt ${number}` : '',
      terminal.paint(isGood ? 'green' : 'red', outcome),
      terminal.paint('dim', `${tookMs} ms`),
    ]
      .filter((part) => part !== '')
      .join('  '),
  );
}
