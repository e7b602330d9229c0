import { type ApiContext, CALL_DEADLINE_MS, type Limits, type SessionCookie } from '@interview-webhooks/api';
import {
  authenticateApiKey,
  authenticateSession,
  expectResponse,
  type Inboxes,
  InvalidInputError,
  type Principal,
  type Services,
  type SessionUse,
  type SignedIn,
  UnauthenticatedError,
} from '@interview-webhooks/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { noteCaller } from './request-log.ts';
import { sessionCookieOf } from './session-cookie.ts';

/**
 * The API's view of a request; the same object for the same request.
 *
 * @param calls how many the request makes; more than one where it is a batch
 */
export type ContextOf = (request: FastifyRequest, reply: FastifyReply, calls?: number) => ApiContext;

export interface RequestContextOptions {
  services: Services;
  limits: Limits;
  inboxes: Inboxes;
  /** Says when the server stops. */
  stopping: AbortSignal;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The API's view of it; null until somebody asks. */
    apiContext: ApiContext | null;
  }
}

/** Builds {@link ContextOf}: the only place where HTTP headers become a caller. */
export function requestContexts(app: FastifyInstance, options: RequestContextOptions): ContextOf {
  app.decorateRequest('apiContext', null);
  return (request, reply, calls = 1) =>
    (request.apiContext ??= createContext(options, { request, reply, calls }));
}

interface Asked {
  request: FastifyRequest;
  reply: FastifyReply;
  calls: number;
}

function createContext(options: RequestContextOptions, { request, reply, calls }: Asked): ApiContext {
  const { services, limits, inboxes, stopping } = options;
  const sessionCookie = sessionCookieOf({ request, publicUrl: services.publicUrl() }, reply);
  const askedAt = performance.now();
  const attempt = { services, limits, request, sessionCookie, calls, askedAt };
  /** Over a REST route it is asked for before the body is read, and once more by the procedure. */
  let isAuthenticated = false;
  const signedIn = once(() => counted(attempt, bySession(attempt, useOf(request))));
  return {
    // By name: a copy of the services that grows by all that follows takes V8 a hundred times as long.
    database: services.database,
    vault: services.vault,
    targetGuard: services.targetGuard,
    now: services.now,
    publicUrl: services.publicUrl,
    localMode: services.localMode,
    sender: services.sender,
    events: services.events,
    limits,
    inboxes,
    stopping,
    requestId: request.id,
    answerByMs: askedAt + CALL_DEADLINE_MS,
    address: request.ip,
    userAgent: request.headers['user-agent'],
    sessionCookie,
    ...idempotencyKeyOf(request),
    noteCaller: (principal) => {
      noteCaller(request, principal);
    },
    authenticate: once(() =>
      authenticate(attempt, signedIn).finally(() => {
        isAuthenticated = true;
      }),
    ),
    expectResponse: (id) => {
      const apiKey = apiKeyOf(request);
      if (!isAuthenticated && apiKey !== undefined && typeof id === 'string')
        expectResponse(services, apiKey, id);
    },
    signedIn,
    authenticateAgain: () => principalAgain(attempt),
  };
}

const MAX_IDEMPOTENCY_KEY_LENGTH = 255;

/** The header of the IETF draft "The Idempotency-Key HTTP Header Field", quoted or not. */
function idempotencyKeyOf({ headers }: FastifyRequest): { idempotencyKey?: string } {
  const idempotencyKey = headers['idempotency-key'];
  if (idempotencyKey === undefined) return {};
  if (
    typeof idempotencyKey !== 'string' ||
    idempotencyKey.length === 0 ||
    idempotencyKey.length > MAX_IDEMPOTENCY_KEY_LENGTH
  ) {
    throw new InvalidInputError([
      { path: 'Idempotency-Key', message: `must have 1 to ${MAX_IDEMPOTENCY_KEY_LENGTH} characters` },
    ]);
  }
  return { idempotencyKey };
}

interface Attempt extends Pick<RequestContextOptions, 'services' | 'limits'> {
  request: FastifyRequest;
  sessionCookie: SessionCookie;
  calls: number;
  /** When the request came, as `performance.now()` counts. */
  askedAt: number;
}

async function authenticate(attempt: Attempt, signedIn: () => Promise<SignedIn>): Promise<Principal> {
  const { services, request, sessionCookie, askedAt } = attempt;
  const apiKey = apiKeyOf(request);
  if (apiKey !== undefined) {
    const found = authenticateApiKey(services, apiKey, askedAt).then((principal) => ({ principal }));
    return (await counted(attempt, found)).principal;
  }
  if (sessionCookie.read() === undefined) {
    throw new UnauthenticatedError('Put your API key in the request header apiKey.');
  }
  return (await signedIn()).principal;
}

async function principalAgain(attempt: Attempt): Promise<Principal> {
  const apiKey = apiKeyOf(attempt.request);
  if (apiKey !== undefined) return authenticateApiKey(attempt.services, apiKey);
  return (await bySession(attempt, null)).principal;
}

function apiKeyOf({ headers }: FastifyRequest): string | undefined {
  // Node gives header names in lower case: apiKey arrives as apikey.
  const apiKey = headers['apikey'];
  return apiKey === undefined ? undefined : String(apiKey);
}

/** Counts the calls of who was found, or a failure of the address. */
async function counted<Found extends { principal: Principal }>(
  { limits, request, calls }: Attempt,
  finding: Promise<Found>,
): Promise<Found> {
  try {
    const found = await finding;
    noteCaller(request, found.principal);
    await limits.countCalls(found.principal, calls);
    return found;
  } catch (error) {
    if (error instanceof UnauthenticatedError) await limits.countFailure(request.ip);
    throw error;
  }
}

async function bySession(
  { services, request, sessionCookie }: Attempt,
  use: SessionUse | null,
): Promise<SignedIn> {
  // A browser adds the cookie to requests that another site's page makes, too.
  if (request.method !== 'GET' && request.method !== 'HEAD') sessionCookie.requireOwnPage();
  return authenticateSession(services, sessionCookie.read() ?? '', use);
}

/**
 * What keeps a session from ending idle. A stream goes on, and opens anew, without anybody at the browser; a page says by
 * `x-unattended` that it asks by itself.
 */
function useOf({ headers, ip }: FastifyRequest): SessionUse | null {
  const isStream = headers.accept?.includes('text/event-stream') ?? false;
  const isUse = !isStream && headers['x-unattended'] === undefined;
  return isUse ? { address: ip, userAgent: headers['user-agent'] } : null;
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
