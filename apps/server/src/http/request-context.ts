import type { ApiContext, Limits, SessionCookie } from '@interview-webhooks/api';
import {
  authenticateApiKey,
  authenticateSession,
  type Inboxes,
  InvalidInputError,
  type Principal,
  type Services,
  UnauthenticatedError,
} from '@interview-webhooks/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
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

/** Builds {@link ContextOf}: the only place where HTTP headers become a caller. */
export function requestContexts({ services, limits, inboxes, stopping }: RequestContextOptions): ContextOf {
  const contexts = new WeakMap<FastifyRequest, ApiContext>();
  return (request, reply, calls = 1) => {
    let context = contexts.get(request);
    if (!context) {
      const sessionCookie = sessionCookieOf({ request, publicUrl: services.publicUrl() }, reply);
      context = {
        ...services,
        limits,
        inboxes,
        requestId: request.id,
        address: request.ip,
        sessionCookie,
        ...idempotencyKeyOf(request),
        stopping,
        noteCaller: (principal) => {
          noteCaller(request, principal);
        },
        authenticate: once(() => authenticate({ services, limits, request, sessionCookie, calls })),
        authenticateAgain: () => principalOf({ services, request, sessionCookie }),
      };
      contexts.set(request, context);
    }
    return context;
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

interface Asking extends Pick<RequestContextOptions, 'services'> {
  request: FastifyRequest;
  sessionCookie: SessionCookie;
}

interface Attempt extends Asking, Pick<RequestContextOptions, 'limits'> {
  calls: number;
}

async function authenticate({
  services,
  limits,
  request,
  sessionCookie,
  calls,
}: Attempt): Promise<Principal> {
  if (request.headers['apikey'] === undefined && sessionCookie.read() === undefined) {
    throw new UnauthenticatedError('Put your API key in the request header apiKey.');
  }
  try {
    const principal = await principalOf({ services, request, sessionCookie });
    noteCaller(request, principal);
    await limits.countCalls(principal.apiKeyId, calls);
    return principal;
  } catch (error) {
    if (error instanceof UnauthenticatedError) await limits.countFailure(request.ip);
    throw error;
  }
}

function principalOf({ services, request, sessionCookie }: Asking): Promise<Principal> {
  // Node gives header names in lower case: apiKey arrives as apikey.
  const apiKey = request.headers['apikey'];
  return apiKey === undefined
    ? bySession({ services, request, sessionCookie })
    : authenticateApiKey(services, String(apiKey));
}

async function bySession({ services, request, sessionCookie }: Asking): Promise<Principal> {
  // A browser adds the cookie to requests that another site's page makes, too.
  if (request.method !== 'GET' && request.method !== 'HEAD') sessionCookie.requireOwnPage();
  return (await authenticateSession(services, sessionCookie.read() ?? '')).principal;
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= work());
}
