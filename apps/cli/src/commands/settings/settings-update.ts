import type { RouterInputs } from '@interview-webhooks/client';
import { UsageError } from '../../failure.ts';

export type SettingsUpdate = RouterInputs['settings']['updateWebhookSettings'];
type Webhooks = SettingsUpdate['webhooks'];

/** The options of `settings set` that say what is to be set. */
export interface UpdateOptions {
  start?: string;
  'start-url'?: string;
  submission?: string;
  'submission-url'?: string;
  auth?: string;
  username?: string;
  'password-stdin'?: boolean;
  header?: string;
  'apikey-stdin'?: boolean;
}

export const updateOptions = [
  'start',
  'start-url',
  'submission',
  'submission-url',
  'auth',
  'username',
  'password-stdin',
  'header',
  'apikey-stdin',
] as const satisfies (keyof UpdateOptions)[];

/**
 * What the options ask for, as the API takes it: what is left out stays as it is.
 *
 * @param secret the password or the API key, where one is given
 * @throws UsageError when they ask for nothing, or contradict each other
 */
export function settingsUpdate(options: UpdateOptions, secret: string | undefined): Webhooks {
  const start = target(options.start, options['start-url']);
  const submission = target(options.submission, options['submission-url']);
  const auth = authUpdate(options, secret);
  const webhooks = { ...(start && { start }), ...(submission && { submission }), ...auth };
  if (Object.keys(webhooks).length === 0) {
    throw new UsageError('Nothing is to be set. Give at least one of the options, or --file.');
  }
  return webhooks;
}

/**
 * The kind of auth that the options are about; undefined where they are about none.
 *
 * @throws UsageError for those of another kind
 */
export function authTypeOf(options: UpdateOptions): string | undefined {
  const given = (names: (keyof UpdateOptions)[]) => names.filter((name) => options[name] !== undefined);
  const ofBasic = given(['username', 'password-stdin']);
  const ofApikey = given(['header', 'apikey-stdin']);
  const type = options.auth ?? (ofBasic.length > 0 ? 'basic' : ofApikey.length > 0 ? 'apikey' : undefined);
  const [stray] = [...(type === 'basic' ? [] : ofBasic), ...(type === 'apikey' ? [] : ofApikey)];
  if (stray) throw new UsageError(`--${stray} does not go with --auth ${type ?? 'none'}.`);
  return type;
}

function target(status: string | undefined, url: string | undefined): Webhooks['start'] {
  if (status === undefined && url === undefined) return undefined;
  return {
    ...(status !== undefined && { status: status === 'on' }),
    // An empty one is how a shell says none.
    ...(url !== undefined && { url: url === '' ? null : url }),
  };
}

function authUpdate(options: UpdateOptions, secret: string | undefined): Pick<Webhooks, 'auth'> {
  const { username, header } = options;
  switch (authTypeOf(options)) {
    case 'none':
      return { auth: null };
    case 'basic':
      return { auth: { type: 'basic', basic: { username, password: secret } } };
    case 'apikey':
      return { auth: { type: 'apikey', apikey: { header, apikey: secret } } };
    default:
      return {};
  }
}
