import type { RouterInputs } from '@interview-webhooks/client';
import { UsageError } from '../../failure.ts';

export type SettingsUpdate = RouterInputs['settings']['updateWebhookSettings'];
type Webhooks = SettingsUpdate['webhooks'];

/** The options of `settings set`, and the secret that goes with them. */
export interface UpdateOptions {
  start?: string;
  'start-url'?: string;
  submission?: string;
  'submission-url'?: string;
  auth?: string;
  username?: string;
  header?: string;
  /** The password or the API key. */
  secret?: string | undefined;
}

/**
 * What the options ask for, as the API takes it: what is left out stays as it is.
 *
 * @throws UsageError when they ask for nothing, or contradict each other
 */
export function settingsUpdate(options: UpdateOptions): Webhooks {
  const start = target(options.start, options['start-url']);
  const submission = target(options.submission, options['submission-url']);
  const auth = authUpdate(options);
  const webhooks = { ...(start && { start }), ...(submission && { submission }), ...auth };
  if (Object.keys(webhooks).length === 0) {
    throw new UsageError('Nothing is to be set. Give at least one of the options, or --file.');
  }
  return webhooks;
}

function target(status: string | undefined, url: string | undefined): Webhooks['start'] {
  if (status === undefined && url === undefined) return undefined;
  return {
    ...(status !== undefined && { status: status === 'on' }),
    // An empty one is how a shell says none.
    ...(url !== undefined && { url: url === '' ? null : url }),
  };
}

function authUpdate({ auth, username, header, secret }: UpdateOptions): Pick<Webhooks, 'auth'> {
  if (auth === undefined && username === undefined && header === undefined && secret === undefined) return {};
  const type = auth ?? (username === undefined ? (header === undefined ? undefined : 'apikey') : 'basic');
  switch (type) {
    case 'none':
      refuse({ username, header, secret }, 'none');
      return { auth: null };
    case 'basic':
      refuse({ header }, 'basic');
      return { auth: { type, basic: { username, password: secret } } };
    case 'apikey':
      refuse({ username }, 'apikey');
      return { auth: { type, apikey: { header, apikey: secret } } };
    default:
      throw new UsageError('--auth must say what the secret is for: basic or apikey.');
  }
}

function refuse(options: Record<string, string | undefined>, type: string): void {
  const given = Object.entries(options).find(([, value]) => value !== undefined);
  if (given) throw new UsageError(`--${given[0]} does not go with --auth ${type}.`);
}
