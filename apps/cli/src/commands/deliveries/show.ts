import type { RouterOutputs } from '@interview-webhooks/client';
import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { moment } from '../../terminal/moment.ts';
import { plainText } from '../../terminal/plain-text.ts';
import { facts, table } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { eventName, stateWord } from './delivery-words.ts';

type Details = RouterOutputs['deliveries']['get'];

export const show = command({
  name: 'show',
  description: 'Shows one delivery with every attempt.',
  details: '--json has headers, bodies and timings, too.',
  examples: ['deliveries show evt_6a61f0c2e4b0a1d2c3f4a5b8_start'],
  args: {
    id: {
      type: 'positional',
      required: true,
      description: 'Its id: also the event_id, and the header webhook-id.',
    },
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const details = await connect(args).deliveries.get.query({ delivery_id: args.id });
    terminal.answer(details, () =>
      [facts(terminal, factsOf(terminal, details)), ...log(terminal, details)].join('\n'),
    );
    return undefined;
  },
});

function factsOf(terminal: Terminal, details: Details): Record<string, string> {
  return {
    Delivery: details.delivery_id,
    Event: eventName(details.event),
    State: stateWord(terminal, details),
    'AI interview': `${plainText(details.ai_interview_name)}  ${details.ai_interview_id}`,
    Candidate: `${plainText(details.candidate_name)}  ${plainText(details.candidate_email)}`,
    Created: moment(details.created_at),
    Finished: moment(details.finished_at),
    'Next attempt': moment(details.next_attempt_at),
  };
}

function log(terminal: Terminal, { log }: Details): string[] {
  const rows = log.map(({ number, started_at, trigger, url, status, timings, error }) => [
    String(number),
    moment(started_at),
    trigger,
    status === null ? '-' : String(status),
    `${Math.round(timings.total_ms)} ms`,
    plainText(url),
    error ? terminal.paint('red', plainText(error.message)) : terminal.paint('green', 'received'),
  ]);
  if (rows.length === 0) return ['', 'No attempt has been made yet.'];
  return ['', table(terminal, ['attempt', 'at', 'for', 'status', 'took', 'url', 'outcome'], rows)];
}
