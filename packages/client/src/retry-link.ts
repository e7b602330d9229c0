import type { AppRouter } from '@interview-webhooks/api';
import type { Operation, TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { waitBeforeRetry } from './backoff.ts';
import type { ApiError } from './errors.ts';
import { UnexpectedAnswerError } from './http.ts';
import { repetitionOf } from './repetition.ts';

/**
 * Repeats a call that could not reach the server, or that this put off with 429 or 503, where a repetition is safe.
 * tRPC's own link cannot: its delay does not see the answer's `Retry-After`, and it waits on after an abort.
 */
export function retryLink({ retries }: { retries: number }): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let stop: () => void = () => undefined;
        const attempt = (number: number) => {
          const subscription = next(op).subscribe({
            next: (value) => {
              observer.next(value);
            },
            complete: () => {
              observer.complete();
            },
            error: (error) => {
              const waitMs = number > retries ? null : waitAfter(error, op, number);
              if (waitMs === null) {
                observer.error(error);
                return;
              }
              stop = pause(waitMs, op.signal, () => {
                attempt(number + 1);
              });
            },
          });
          stop = () => {
            subscription.unsubscribe();
          };
        };
        attempt(1);
        return () => {
          stop();
        };
      });
}

/** Goes on after `waitMs`, or at once when the caller gives up: the next attempt then rejects with the reason. */
function pause(waitMs: number, signal: AbortSignal | null | undefined, goOn: () => void): () => void {
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', endAndGoOn);
  };
  const endAndGoOn = () => {
    end();
    goOn();
  };
  const timer = setTimeout(endAndGoOn, waitMs);
  signal?.addEventListener('abort', endAndGoOn);
  return end;
}

function waitAfter(error: ApiError, op: Operation, attempt: number): number | null {
  if (op.signal?.aborted || repetitionOf(op.type, op.path) === 'again') return null;
  const answer = answerOf(error);
  if (answer && answer.status !== 429 && answer.status !== 503) return null;
  return waitBeforeRetry({
    attempt,
    retryAfter: answer?.retryAfter ?? null,
    nowMs: Date.now(),
    random: Math.random(),
  });
}

/** What came back; undefined where nothing did. */
function answerOf(error: ApiError): { status: number; retryAfter: string | null } | undefined {
  if (error.cause instanceof UnexpectedAnswerError) return error.cause;
  // In a batch each call has its own status; the header speaks for all of them.
  const response = error.meta?.['response'];
  const retryAfter = response instanceof Response ? response.headers.get('retry-after') : null;
  return error.data ? { status: error.data.httpStatus, retryAfter } : undefined;
}
