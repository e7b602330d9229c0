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
  /** Whether colour is unwanted, or of no use: https://no-color.org */
  noColor: boolean;
}

/** An empty variable counts as unset. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): CliEnv {
  const given = (name: string) => (source[name] === '' ? undefined : source[name]);
  return {
    url: given('INTERVIEW_WEBHOOKS_URL') ?? 'http://127.0.0.1:3000',
    apiKey: given('INTERVIEW_WEBHOOKS_API_KEY'),
    authPassword: given('INTERVIEW_WEBHOOKS_AUTH_PASSWORD'),
    authApikey: given('INTERVIEW_WEBHOOKS_AUTH_APIKEY'),
    secret: given('INTERVIEW_WEBHOOKS_SECRET'),
    noColor: given('NO_COLOR') !== undefined || source['TERM'] === 'dumb',
  };
}
