import type { Fault, Problem } from '@interview-webhooks/schema';
import { isTRPCClientError } from '@trpc/client';

/** A failed call in the words of whoever made it. */
export interface Failure {
  title: string;
  detail: string;
  /** The server's stable code; null where no usable answer came back. */
  code: string | null;
  /** HTTP status; 0 where no usable answer came back. */
  status: number;
  requestId: string | null;
  /** What is wrong with the input, field by field. */
  faults: Fault[];
}

const unreachable: Failure = {
  title: 'The server cannot be reached',
  detail: 'Check your connection and try again. Nothing was changed, as far as can be told from here.',
  code: null,
  status: 0,
  requestId: null,
  faults: [],
};

/** Given up by us; see the time-outs of `trpc.ts`. What was asked for may still happen. */
const unanswered: Failure = {
  ...unreachable,
  title: 'The server does not answer',
  detail:
    'It was given up waiting. If you were changing something, check whether that was done before you try again.',
};

export function failureOf(error: unknown): Failure {
  const problem = problemIn(error);
  if (!problem) return isTimeout(error) ? unanswered : unreachable;
  const { title, detail, code, status, requestId, errors } = problem;
  return { title, detail, code, status, requestId: requestId || null, faults: errors ?? [] };
}

export function isUnauthenticated(error: unknown): boolean {
  return failureOf(error).code === 'unauthenticated';
}

/** Whether the same call may work a moment later. */
export function isTransient(error: unknown): boolean {
  const { status } = failureOf(error);
  return status === 0 || status >= 500;
}

function isTimeout(error: unknown): boolean {
  return isTRPCClientError(error) && error.cause?.name === 'TimeoutError';
}

function problemIn(error: unknown): Problem | undefined {
  if (!isTRPCClientError(error)) return undefined;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('problem' in data)) return undefined;
  return isProblem(data.problem) ? data.problem : undefined;
}

/**
 * A proxy between here and the server answers with whatever it likes, so the shape is checked. By hand: the schema
 * is not part of what is loaded first.
 */
function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  const {
    title,
    detail,
    code,
    status,
    requestId,
    errors = [],
  }: Partial<Record<keyof Problem, unknown>> = value;
  return (
    [title, detail, code, requestId].every((field) => typeof field === 'string') &&
    typeof status === 'number' &&
    Array.isArray(errors) &&
    errors.every(isFault)
  );
}

function isFault(value: unknown): value is Fault {
  if (typeof value !== 'object' || value === null) return false;
  const { path, message }: Partial<Record<keyof Fault, unknown>> = value;
  return typeof path === 'string' && typeof message === 'string';
}
