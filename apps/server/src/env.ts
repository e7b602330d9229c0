import { addressFault } from '@interview-webhooks/database';
import { defaultSchedule, longestScheduleMs } from '@interview-webhooks/delivery';
import {
  type Keyring,
  type Network,
  parseDnsServer,
  parseKeyring,
  parseNetwork,
} from '@interview-webhooks/domain';
import { z } from 'zod';

/** Turns text into a value with a parser that throws an Error written for people. */
function parsed<Value>(parse: (text: string) => Value) {
  return z.string().transform((text, context): Value => {
    try {
      return parse(text);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.issues.push({ code: 'custom', message, input: undefined });
      return z.NEVER;
    }
  });
}

function listOf<Value>(parse: (entry: string) => Value) {
  return (text: string): Value[] =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map(parse);
}

const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a time such as `5s`, `30m` or `2h`. */
function parseDuration(text: string): number {
  const match = /^(\d{1,6})([smh])$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a time such as 5s, 30m or 2h`);
  return Number(match[1]) * (unitMs[match[2] ?? ''] ?? NaN);
}

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d+$/, { error: `must be a whole number from ${from} to ${to}` })
    .transform(Number)
    .refine((value) => value >= from && value <= to, {
      error: `must be a whole number from ${from} to ${to}`,
    });

function parseMongoUri(text: string): string {
  if (!/^mongodb(\+srv)?:\/\//.test(text)) throw new Error('must begin with mongodb:// or mongodb+srv://');
  const fault = addressFault(text);
  if (fault === undefined) return text;
  throw new Error(
    `cannot be used: ${fault}. In a user name or password, write %40 for @, %3A for :, %2F for / and %25 for %`,
  );
}

const httpUrl = z.string().refine((value) => /^https?:\/\//.test(value) && URL.canParse(value), {
  error: 'must be a full http(s) URL',
});

/** With a database of its own a server is reachable; what takes guesses there has to be long. */
const MIN_KEY_LENGTH = 32;
const MAX_RETENTION_DAYS = 3650;

const Env = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  MONGODB_URI: parsed<string>(parseMongoUri).optional(),
  BOOTSTRAP_API_KEY: z
    .string()
    // What an HTTP header carries unchanged; anything else could never be presented.
    .regex(/^[\x21-\x7e]+$/, { error: 'must be printable ASCII without spaces' })
    .max(512)
    .optional(),
  SECRET_KEYS: parsed<Keyring>(parseKeyring).optional(),
  // In canonical form only, so that Fastify, which reads the trusted ones by itself, understands the same networks.
  WEBHOOK_ALLOWED_NETWORKS: parsed<Network[]>(listOf(parseNetwork)).default([]),
  WEBHOOK_DNS_SERVERS: parsed<string[]>(listOf(parseDnsServer)).optional(),
  TRUSTED_PROXIES: parsed<string[]>(
    listOf((network) => {
      parseNetwork(network);
      return network;
    }),
  ).default([]),
  PUBLIC_URL: httpUrl.optional(),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 100_000_000).default(12_000),
  WORKSPACE_RATE_LIMIT_PER_MINUTE: wholeNumber(1, 200_000_000).optional(),
  WEBHOOK_TIMEOUT_SECONDS: wholeNumber(1, 300).default(15),
  WEBHOOK_LEASE_SECONDS: wholeNumber(1, 3600).default(30),
  WEBHOOK_RETRY_SCHEDULE: parsed<number[]>(listOf(parseDuration)).default([...defaultSchedule]),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal('http/json', { error: 'must be http/json, which every collector takes' })
    .optional(),
  OTEL_SDK_DISABLED: z
    .string()
    .transform((value) => value.toLowerCase() === 'true')
    .optional(),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  RETENTION_DAYS: wholeNumber(1, MAX_RETENTION_DAYS).default(90),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
});
export type Env = z.infer<typeof Env>;

/** What a program needs that only works on the database. */
const DatabaseEnv = Env.pick({ MONGODB_URI: true, DATA_DIR: true, LOG_LEVEL: true });

/** Variables with several values, by commas. */
const lists: ReadonlySet<string> = new Set<keyof Env>([
  'SECRET_KEYS',
  'WEBHOOK_ALLOWED_NETWORKS',
  'TRUSTED_PROXIES',
  'WEBHOOK_RETRY_SCHEDULE',
]);

/** Every variable that a process of this system reads. */
export const envNames: readonly string[] = Object.keys(Env.shape);

/** The settings a process starts with could not be used. The message has one line for each mistake. */
export class EnvError extends Error {
  constructor(mistakes: readonly string[]) {
    super(`The environment is not usable:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.name = 'EnvError';
  }
}

const controlCharacterFault = 'must not contain line breaks or other control characters';

/** The variables that {@link readEnv} reads, without what surrounds their values and without empty ones. */
function trimmed(source: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const values = envNames.map((name) => [name, source[name]?.trim() ?? ''] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** The entries of a list may be on lines of their own; they are trimmed one by one. */
function hasControlCharacters(name: string, value: string): boolean {
  const entries = lists.has(name) ? value.split(',').map((entry) => entry.trim()) : [value];
  return entries.some((entry) => /\p{Cc}/u.test(entry));
}

const DAY_MS = 86_400_000;

/** What is wrong where a delivery could be retried for longer than it is kept. */
function shortRetention({ RETENTION_DAYS, WEBHOOK_RETRY_SCHEDULE }: Env): string | undefined {
  const neededDays = Math.ceil(longestScheduleMs(WEBHOOK_RETRY_SCHEDULE) / DAY_MS);
  if (RETENTION_DAYS >= neededDays) return undefined;
  return (
    `RETENTION_DAYS must be at least ${neededDays}, which is how many days WEBHOOK_RETRY_SCHEDULE may go on` +
    (neededDays > MAX_RETENTION_DAYS
      ? `; it can be ${MAX_RETENTION_DAYS} at most, so shorten the schedule`
      : '')
  );
}

/**
 * Reads the server's settings. An empty variable counts as unset, as in a compose file. Spaces and line breaks
 * around a value are dropped, for a file's last line break gets into a variable easily; control characters inside
 * of one are refused.
 *
 * @throws EnvError naming every variable that is wrong
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = clean(source);
  const result = Env.safeParse(given);
  const mistakes = mistakesOf(result);
  if (given['MONGODB_URI'] !== undefined && given['SECRET_KEYS'] === undefined) {
    mistakes.push(
      'SECRET_KEYS is required with MONGODB_URI, for example SECRET_KEYS="k1:$(openssl rand -base64 32)"; ' +
        'keep it safe: without it no stored secret can be opened again',
    );
  }
  const { MONGODB_URI: uri, BOOTSTRAP_API_KEY: key } = given;
  if (uri !== undefined && key !== undefined && key.length < MIN_KEY_LENGTH) {
    mistakes.push(
      `BOOTSTRAP_API_KEY must have at least ${MIN_KEY_LENGTH} characters with MONGODB_URI, ` +
        'for example BOOTSTRAP_API_KEY="$(openssl rand -hex 32)"',
    );
  }
  const short = result.success ? shortRetention(result.data) : undefined;
  if (short) mistakes.push(short);
  if (!result.success || mistakes.length > 0) throw new EnvError(mistakes);
  return result.data;
}

/**
 * Reads where the database is, and nothing else: whoever prepares it needs no sealing key.
 *
 * @throws EnvError as {@link readEnv}
 */
export function readDatabaseEnv(
  source: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<typeof DatabaseEnv> {
  const result = DatabaseEnv.safeParse(clean(source));
  if (!result.success) throw new EnvError(mistakesOf(result));
  return result.data;
}

/** @throws EnvError when one of the values has control characters in it */
function clean(source: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = trimmed(source);
  const unclean = Object.keys(given).filter((name) => hasControlCharacters(name, given[name] ?? ''));
  if (unclean.length > 0) throw new EnvError(unclean.map((name) => `${name} ${controlCharacterFault}`));
  return given;
}

function mistakesOf({ error }: z.ZodSafeParseResult<unknown>): string[] {
  return error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
}
