import { UsageError } from './failure.ts';

type Source = Readonly<Record<string, string | undefined>>;

/** What the command line takes from its environment. The server's own variables are read by the server. */
export interface CliEnv {
  /** Where the server is. */
  url: string;
  apiKey: string | undefined;
  /** Of the webhooks' authentication, for `settings set`. */
  authPassword: string | undefined;
  authApikey: string | undefined;
  /** The signing secret, for `verify`; several by commas. */
  secret: string | undefined;
}

/**
 * An empty variable counts as unset. Line breaks at a value's end are dropped, for a file's last one gets into a
 * variable easily; the spaces around a password stay, for they may belong to it.
 *
 * @throws UsageError naming the variable that has a control character in it
 */
export function readEnv(source: Source = process.env): CliEnv {
  const given = (name: string) => {
    const value = source[name]?.replace(/(?<![\r\n])[\r\n]+$/, '') ?? '';
    if (/\p{Cc}/u.test(value))
      throw new UsageError(`${name} must not contain line breaks or other control characters.`);
    return value === '' ? undefined : value;
  };
  const trimmed = (name: string) => {
    const value = given(name)?.trim();
    return value === '' ? undefined : value;
  };
  return {
    url: trimmed('INTERVIEW_WEBHOOKS_URL') ?? 'http://127.0.0.1:3000',
    apiKey: trimmed('INTERVIEW_WEBHOOKS_API_KEY'),
    authPassword: given('INTERVIEW_WEBHOOKS_AUTH_PASSWORD'),
    authApikey: given('INTERVIEW_WEBHOOKS_AUTH_APIKEY'),
    secret: trimmed('INTERVIEW_WEBHOOKS_SECRET'),
  };
}

/** Whether colour is unwanted, or of no use: https://no-color.org */
export function isColorUnwanted(source: Source = process.env): boolean {
  return (source['NO_COLOR'] ?? '') !== '' || source['TERM'] === 'dumb';
}
