import {
  DomainError,
  type DomainErrorCode,
  InvalidInputError,
  isDatabaseUnavailable,
  isOverTime,
  RateLimitError,
} from '@interview-webhooks/domain';
import { type Fault, faultsOf, MAX_FAULTS, type Problem, type ProblemCode } from '@interview-webhooks/schema';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { z } from 'zod';

/** Problems that only HTTP has, or that no use case can foresee. */
export type TransportProblem = Exclude<ProblemCode, DomainErrorCode>;

/** A request that fails before any use case is asked. The message is written for whoever sent it. */
export class TransportError extends Error {
  readonly code: TransportProblem | 'not-found';

  constructor(code: TransportProblem | 'not-found', message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

interface ProblemKind {
  status: number;
  trpc: TRPCError['code'];
  title: string;
}

/** The one table of what can go wrong: the public code, the HTTP status, tRPC's code, and the title. */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  'malformed-request': { status: 400, trpc: 'PARSE_ERROR', title: 'Malformed request' },
  'invalid-input': { status: 400, trpc: 'BAD_REQUEST', title: 'Invalid input' },
  unauthenticated: { status: 401, trpc: 'UNAUTHORIZED', title: 'Not authenticated' },
  'missing-scope': { status: 403, trpc: 'FORBIDDEN', title: 'Not allowed' },
  'cross-origin': { status: 403, trpc: 'FORBIDDEN', title: 'Not allowed' },
  'not-found': { status: 404, trpc: 'NOT_FOUND', title: 'Not found' },
  'method-not-allowed': { status: 405, trpc: 'METHOD_NOT_SUPPORTED', title: 'Method not allowed' },
  conflict: { status: 409, trpc: 'CONFLICT', title: 'Conflict' },
  'payload-too-large': { status: 413, trpc: 'PAYLOAD_TOO_LARGE', title: 'Body too large' },
  'uri-too-long': { status: 414, trpc: 'BAD_REQUEST', title: 'Address too long' },
  'unsupported-media-type': { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE', title: 'Unsupported media type' },
  'rate-limited': { status: 429, trpc: 'TOO_MANY_REQUESTS', title: 'Too many requests' },
  'secret-unreadable': {
    status: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    title: 'A stored secret cannot be opened',
  },
  'internal-error': { status: 500, trpc: 'INTERNAL_SERVER_ERROR', title: 'Internal error' },
  'service-unavailable': { status: 503, trpc: 'SERVICE_UNAVAILABLE', title: 'Temporarily unavailable' },
};

/** Seconds after which a refused or failed request is worth repeating, for `Retry-After`. */
const UNAVAILABLE_RETRY_SECONDS = 2;
/** What took too long does not get quicker at once. */
const OVER_TIME_RETRY_SECONDS = 10;

/** A failure ready to be answered. */
export interface ProblemAnswer {
  problem: Problem;
  /** What tRPC calls it. */
  trpcCode: TRPCError['code'];
  /** For the header `Retry-After`. */
  retryAfterSeconds?: number;
}

/** What an error means to the caller. Nothing of an unforeseen error is shown but the request's id. */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  const { code, detail, errors, retryAfterSeconds, status = problemKinds[code].status } = describe(error);
  const { title, trpc: trpcCode } = problemKinds[code];
  return {
    problem: {
      type: `urn:interview-webhooks:problem:${code}`,
      title,
      status,
      detail,
      code,
      requestId,
      ...(errors && told(errors)),
    },
    trpcCode,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

const MAX_PATH_LENGTH = 300;

/** What an answer lists of `faults`: a bounded number, each with a path of a bounded length. */
function told(faults: readonly Fault[]): Pick<Problem, 'errors' | 'hasMoreErrors'> {
  const errors = faults.slice(0, MAX_FAULTS).map(({ path, message }) => ({
    path: path.length > MAX_PATH_LENGTH ? `${path.slice(0, MAX_PATH_LENGTH)}…` : path,
    message,
  }));
  return { errors, ...(faults.length > MAX_FAULTS && { hasMoreErrors: true }) };
}

/** tRPC wraps whatever a procedure throws; this gives it the code, and so the HTTP status, that its cause means. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error;
  if (!isForeseen(cause)) return error;
  const { code, detail } = describe(cause);
  return new TRPCError({ code: problemKinds[code].trpc, message: detail, cause });
}

function isForeseen(error: unknown): boolean {
  return error instanceof DomainError || error instanceof TransportError || isDatabaseUnavailable(error);
}

interface Description {
  code: ProblemCode;
  detail: string;
  /** Where it is not the code's own. */
  status?: number;
  errors?: readonly Fault[];
  retryAfterSeconds?: number;
}

function invalidInput(faults: readonly Fault[]): Description {
  const detail =
    faults.length > MAX_FAULTS
      ? `The request is not valid; errors lists the first ${MAX_FAULTS} faults, and there are more.`
      : 'The request is not valid; errors lists what to change.';
  return { code: 'invalid-input', detail, errors: faults };
}

function describe(error: unknown): Description {
  if (error instanceof InvalidInputError) {
    return invalidInput(error.faults);
  }
  if (error instanceof RateLimitError) {
    return { code: error.code, detail: error.message, retryAfterSeconds: error.retryAfterSeconds };
  }
  if (error instanceof DomainError || error instanceof TransportError) {
    return { code: error.code, detail: error.message };
  }
  if (isOverTime(error)) {
    return {
      code: 'service-unavailable',
      detail:
        'The database needs longer for this than one request may take; ask for less (a shorter time, a smaller page, ' +
        'another filter), or try again shortly.',
      retryAfterSeconds: OVER_TIME_RETRY_SECONDS,
    };
  }
  if (isDatabaseUnavailable(error)) {
    return {
      code: 'service-unavailable',
      detail: 'The service cannot reach its database at this moment; try again shortly.',
      retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS,
    };
  }
  if (error instanceof TRPCError) return describeTrpcError(error);
  return describeHttpError(error);
}

function describeTrpcError(error: TRPCError): Description {
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.core.$ZodError) {
    return invalidInput(faultsOf(error.cause));
  }
  if (error.code === 'BAD_REQUEST' && error.cause instanceof SyntaxError) {
    // The engine's message quotes the input, which may hold a secret.
    return { code: 'malformed-request', detail: 'The input cannot be read; send valid JSON (RFC 8259).' };
  }
  if (isForeseen(error.cause)) return describe(error.cause);
  const code = codeWhere((kind) => kind.trpc === error.code);
  return code ? { code, detail: error.message } : refused(getHTTPStatusCodeFromError(error), error.message);
}

const internal: Description = {
  code: 'internal-error',
  detail: 'Something went wrong on our side. If it happens again, report it with the requestId.',
};

/** Fastify's own errors and those of its plugins: an Error with a `statusCode` and a message made for callers. */
function describeHttpError(error: unknown): Description {
  if (!(error instanceof Error) || !('statusCode' in error)) return internal;
  const { statusCode } = error;
  // Of the two problems with status 400 the first is meant: input is only judged once it could be read.
  const code = codeWhere((kind) => kind.status === statusCode);
  return code ? { code, detail: error.message } : refused(Number(statusCode), error.message);
}

/** A request that HTTP itself refuses in a way that has no code of its own: the caller's mistake stays one. */
function refused(status: number, detail: string): Description {
  return status >= 400 && status < 500 ? { code: 'malformed-request', detail, status } : internal;
}

/** The code of the caller's mistake that `matches`; a failure of ours has no message that may be shown. */
function codeWhere(matches: (kind: ProblemKind) => boolean): ProblemCode | undefined {
  // Object.entries forgets that the keys of `problemKinds` are exactly the codes.
  const entries = Object.entries(problemKinds) as [ProblemCode, ProblemKind][];
  return entries.find(([, kind]) => kind.status < 500 && matches(kind))?.[0];
}
