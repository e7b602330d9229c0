import { type DestinationStream, type Logger, pino } from 'pino';
import type { Env } from '../env.ts';

/** Fields that are never to be read in a log, whoever put them there. Nobody does; this is for the day somebody will. */
const SECRET_FIELDS = [
  'apiKey',
  'apikey',
  'api_key',
  'authorization',
  'auth',
  'body',
  'cookie',
  'headers',
  'password',
  'secret',
  'token',
] as const;

const MAX_CAUSES = 3;

/** The log of a process, as JSON, without secrets. */
export function createLog(level: Env['LOG_LEVEL'], destination: DestinationStream): Logger {
  return pino(
    {
      level,
      redact: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]),
      serializers: { err: loggedError },
    },
    destination,
  );
}

interface LoggedError {
  type: string;
  message: string;
  code?: string | number;
  stack?: string | undefined;
  cause?: LoggedError;
}

/**
 * What, where and why of an error, and no more: drivers hang whole documents and requests on theirs. What was thrown and
 * is no error may be anything, so only its type is told.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'thrown without an Error' };
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return {
    type: name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack,
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: loggedError(cause, depth + 1) }),
  };
}
