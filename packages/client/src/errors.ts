import type { AppRouter } from '@interview-webhooks/api';
import { type Problem, problemIn } from '@interview-webhooks/schema';
import { isTRPCClientError, type TRPCClientError } from '@trpc/client';

/** What every call rejects with: `data.problem` is the server's word, `cause` what went wrong on the way. */
export type ApiError = TRPCClientError<AppRouter>;

export function isApiError(error: unknown): error is ApiError {
  return isTRPCClientError<AppRouter>(error);
}

/**
 * Why the server refused a call: `code` to decide by, `errors` with each field that is wrong, `requestId` to report.
 *
 * @returns undefined where no usable answer came back; `error.cause` then says why
 */
export function problemOf(error: unknown): Problem | undefined {
  return isApiError(error) ? problemIn(error.data) : undefined;
}
