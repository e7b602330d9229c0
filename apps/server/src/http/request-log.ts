import { problemOf } from '@interview-webhooks/api';
import { MissingScopeError, type Principal, UnauthenticatedError } from '@interview-webhooks/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pino } from 'pino';

/** What the log says of a request's caller. Ids only: a name may be changed, and a key must not be read here. */
type Caller = Pick<Principal, 'workspaceId' | 'apiKeyId'>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes it, once that is found out. */
    caller: Caller | null;
  }
}

const streamStatuses = new WeakMap<FastifyRequest, number>();
const loggedRefusals = new WeakSet<object>();

/** Remembers who makes `request`, from where that is found out until the request is logged. */
export function noteCaller(request: FastifyRequest, { workspaceId, apiKeyId }: Caller): void {
  request.caller = { workspaceId, apiKeyId };
}

/**
 * Remembers that an event stream was refused, or ended, with `status`. Its answer began as 200 by then, and says in an
 * event what happened.
 */
export function noteStreamRefusal(request: FastifyRequest, status: number): void {
  streamStatuses.set(request, status);
}

/** Whether a log of this level has lines of level `info`; `silent` is no level of any line. */
function hasInfo(level: string): boolean {
  const { values } = pino.levels;
  return (values[level] ?? Infinity) <= (values['info'] ?? 0);
}

/** Logs that `request` was answered: the one line that each request gets. */
export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  // Before anything is gathered that nobody reads.
  if (!hasInfo(request.log.level)) return;
  request.log.info(
    {
      ...whoAndWhat(request),
      status: streamStatuses.get(request) ?? reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    },
    'request',
  );
}

/**
 * Logs a warning if `error` refuses a key, a session, a scope, an origin or a rate, with who was refused. Every answer
 * that refuses passes here, wherever it was decided. An error that several calls of a batch share is one line.
 *
 * @param procedure the tRPC procedure that was called, where it is known
 */
export function logRefusal(error: unknown, request: FastifyRequest, procedure?: string): void {
  if (typeof error !== 'object' || error === null || loggedRefusals.has(error)) return;
  const isSignIn = (procedure ?? request.url).includes('session.signIn');
  const message = refusals[problemOf(error, request.id).problem.code]?.(request, isSignIn);
  if (message === undefined) return;
  loggedRefusals.add(error);
  request.log.warn(
    {
      ...whoAndWhat(request),
      ...(procedure !== undefined && { procedure }),
      // A key that is over is known all the same; its caller is not told so.
      ...(error instanceof UnauthenticatedError && error.endedKey),
      ...(error instanceof MissingScopeError && { scope: error.scope }),
    },
    message,
  );
}

type Words = (request: FastifyRequest, isSignIn: boolean) => string;

/** What each problem's line says; a code that is not here refuses nobody. */
const refusals: Partial<Record<string, Words>> = {
  unauthenticated: ({ headers }, isSignIn) => {
    if (isSignIn) return 'sign-in refused';
    if (headers['apikey'] !== undefined) return 'key refused';
    return headers.cookie === undefined ? 'key missing' : 'session refused';
  },
  'missing-scope': () => 'scope refused',
  'cross-origin': (_request, isSignIn) => (isSignIn ? 'sign-in refused' : 'origin refused'),
  'rate-limited': (_request, isSignIn) => (isSignIn ? 'sign-in refused' : 'rate limited'),
};

function whoAndWhat(request: FastifyRequest) {
  return {
    method: request.method,
    // Without the query, which may hold what a caller searched for.
    path: request.url.split('?', 1)[0],
    address: request.ip,
    ...request.caller,
  };
}
