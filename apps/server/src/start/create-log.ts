import { messageWithoutData } from '@interview-webhooks/database';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Env } from '../env.ts';

/**
 * What is never to be read in a log, whoever puts it there. Nobody does; this is for the day somebody will. Each place is
 * named: a pattern for any place would cost ten times the line itself.
 */
const NEVER_READ = [
  ...[
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
  ],
  ...['request', 'response'].flatMap((message) => [`${message}.headers`, `${message}.body`]),
];

const MAX_CAUSES = 3;

/** The log of a process, as JSON, without secrets. */
export function createLog(level: Env['LOG_LEVEL'], destination: DestinationStream): Logger {
  return pino(
    {
      level,
      redact: NEVER_READ,
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
 * What, where and why of an error, and no more: drivers hang whole documents and requests on theirs, and databases quote them.
 * What was thrown and is no error may be anything, so only its type is told.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'thrown without an Error' };
  const { name, cause } = error;
  const message = messageWithoutData(error) ?? error.message;
  const code = 'code' in error ? error.code : undefined;
  return {
    type: name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack: stackWith(message, error),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: loggedError(cause, depth + 1) }),
  };
}

/** Where an error comes from. A stack begins with the message that the error was made with. */
function stackWith(message: string, { message: own, stack = '' }: Error): string | undefined {
  if (message === own) return stack;
  return stack.includes(own) ? stack.replace(own, () => message) : undefined;
}
