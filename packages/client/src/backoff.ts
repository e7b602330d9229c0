import { retryAfterMs } from '@interview-webhooks/webhooks/web';

/** A call that failed and may be repeated. */
export interface FailedAttempt {
  /** 1 for the first. */
  attempt: number;
  /** The header `Retry-After` of the answer, if it had one. */
  retryAfter: string | null;
  nowMs: number;
  /** From 0 up to 1. */
  random: number;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** Who is told to wait longer wants to know, instead of seeing a call hang. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds: what the server asks for, otherwise twice as long each
 * time. Spread at random, so that callers who failed together do not come back together.
 *
 * @returns null where the server asks for more patience than a call should have
 */
export function waitBeforeRetry({ attempt, retryAfter, nowMs, random }: FailedAttempt): number | null {
  const asked = retryAfter === null ? null : retryAfterMs(retryAfter, nowMs);
  if (asked !== null) return asked > MAX_RETRY_AFTER_MS ? null : asked + random * FIRST_WAIT_MS;
  const longest = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
  return (longest / 2) * (1 + random);
}
