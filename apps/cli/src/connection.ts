import { type Client, createClient } from '@interview-webhooks/client';
import { readEnv } from './env.ts';
import { UsageError } from './failure.ts';

export const jsonArg = {
  json: { type: 'boolean', description: 'Prints JSON: what the API answers.' },
} as const;

/** What every command takes that asks the API. */
export const connectionArgs = {
  url: {
    type: 'string',
    valueHint: 'url',
    description: 'Where the server is. Otherwise INTERVIEW_WEBHOOKS_URL, or http://127.0.0.1:3000.',
  },
  'api-key': {
    type: 'string',
    valueHint: 'key',
    description:
      'Better in INTERVIEW_WEBHOOKS_API_KEY: arguments are seen by others on this machine, and kept in the history.',
  },
  ...jsonArg,
} as const;

/** @throws UsageError when there is no key, or no address that can be one */
export function connect(args: { url?: string; 'api-key'?: string }): Client {
  const env = readEnv();
  const url = args.url ?? env.url;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(`The server's address must be a full http(s) URL, not "${url}".`);
  }
  const apiKey = args['api-key'] ?? env.apiKey;
  if (!apiKey) throw new UsageError('There is no API key. Set INTERVIEW_WEBHOOKS_API_KEY.');
  return createClient({ url, apiKey });
}
