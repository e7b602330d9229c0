import { type Fault, problemIn } from '@interview-webhooks/schema';
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

export function failureOf(error: unknown): Failure {
  const problem = isTRPCClientError(error) ? problemIn(error.data) : undefined;
  if (!problem) return unreachable;
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
