import type { VerificationCode, WebhookEvent } from '@interview-webhooks/client';
import { command } from '../command.ts';
import { jsonArg } from '../connection.ts';
import { readEnv } from '../env.ts';
import { exitCodes, UsageError } from '../failure.ts';
import { plainText } from '../terminal/plain-text.ts';
import { readInput, readSecret } from '../terminal/read-input.ts';
import { capturedHeaders } from '../verifying/captured-headers.ts';

export const verify = command({
  name: 'verify',
  description: 'Checks whether a captured request is a webhook of ours.',
  details:
    'As a receiver has to; no server is asked. Ends with 0 where it is one, and with 1 where it is none.',
  examples: [
    'verify --body body.json --headers headers.txt   # with INTERVIEW_WEBHOOKS_SECRET in the environment',
    'verify --headers headers.json --at 2026-01-31T12:00:00Z < body.json',
    'verify --body body.json --id evt_… --timestamp 1769860800 --signature v1,… --any-age',
  ],
  args: {
    body: {
      type: 'string',
      valueHint: 'path',
      default: '-',
      description: 'The body, to the byte; - for stdin.',
    },
    headers: {
      type: 'string',
      valueHint: 'path',
      description: 'The headers: JSON, or lines such as "webhook-id: …".',
    },
    id: { type: 'string', description: 'The header webhook-id.' },
    timestamp: { type: 'string', valueHint: 'seconds', description: 'The header webhook-timestamp.' },
    signature: { type: 'string', description: 'The header webhook-signature.' },
    'secret-stdin': { type: 'boolean', description: 'Reads the signing secret from stdin.' },
    secret: {
      type: 'string',
      description: 'Better in INTERVIEW_WEBHOOKS_SECRET: arguments are seen by others on this machine.',
    },
    at: { type: 'string', valueHint: 'time', description: 'When it came in; otherwise now.' },
    'any-age': { type: 'boolean', description: 'Does not mind how old it is.' },
    ...jsonArg,
  },
  run: async (args, terminal) => {
    const secret = await secretOf(args);
    const headers = await headersOf(args);
    const body = await readInput(args.body);
    const options = { ...(args['any-age'] && { tolerance: Infinity }), ...arrival(args.at) };
    const { verifyWebhook, WebhookSecretError, WebhookVerificationError } =
      await import('@interview-webhooks/client');
    try {
      const event = await verifyWebhook(body, headers, secret, options);
      terminal.answer(
        { valid: true, event },
        () => `${terminal.paint('green', 'valid')}  ${describe(event)}`,
      );
      return exitCodes.ok;
    } catch (error) {
      if (error instanceof WebhookSecretError)
        throw new UsageError(`The secret cannot be one: ${error.message}.`);
      if (!(error instanceof WebhookVerificationError)) throw error;
      const { code, message } = error;
      const reason = reasons[code] ?? `${message}.`;
      terminal.answer(
        { valid: false, code, reason },
        () => `${terminal.paint('red', 'not valid')}  ${reason}`,
      );
      return exitCodes.failed;
    }
  },
});

/** Where the command line has more to say than the library: what to look at. */
const reasons: Partial<Record<VerificationCode, string>> = {
  'no-matching-signature':
    'Another secret signed it, or the body is not the one that was signed. The body must be the very bytes: what was ' +
    'parsed and written again, or got a line end from an editor, has another signature.',
  'too-old': 'It was sent more than five minutes before. For one that was kept, give --at or --any-age.',
};

interface VerifyArgs {
  body: string;
  headers?: string;
  id?: string;
  timestamp?: string;
  signature?: string;
  secret?: string;
  'secret-stdin'?: boolean;
}

async function secretOf(args: VerifyArgs): Promise<string[]> {
  if (args['secret-stdin'] && args.body === '-') {
    throw new UsageError('stdin is either the body or the secret; give --body a file.');
  }
  const secret = args['secret-stdin'] ? await readSecret() : (args.secret ?? readEnv().secret);
  if (!secret) throw new UsageError('There is no signing secret. Set INTERVIEW_WEBHOOKS_SECRET.');
  return secret.split(',').map((each) => each.trim());
}

async function headersOf({
  headers,
  id,
  timestamp,
  signature,
  body,
}: VerifyArgs): Promise<Record<string, string>> {
  if (headers === '-' && body === '-') throw new UsageError('stdin is either the body or the headers.');
  const given = {
    ...(id !== undefined && { 'webhook-id': id }),
    ...(timestamp !== undefined && { 'webhook-timestamp': timestamp }),
    ...(signature !== undefined && { 'webhook-signature': signature }),
  };
  const captured = headers === undefined ? {} : capturedHeaders((await readInput(headers)).toString('utf8'));
  return { ...captured, ...given };
}

function arrival(at: string | undefined): { now?: () => Date } {
  if (at === undefined) return {};
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) throw new UsageError('--at must be a time such as 2026-01-31T12:00:00Z.');
  return { now: () => time };
}

function describe({ event, candidate_name, event_id, timestamp, test }: WebhookEvent): string {
  return `${event} of ${plainText(candidate_name)}, ${event_id}, ${timestamp}${test ? ', a test' : ''}`;
}
