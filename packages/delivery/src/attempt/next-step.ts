import type { DeliveryReason } from '@interview-webhooks/schema';
import type { AttemptOutcome } from '@interview-webhooks/webhooks';
import { retryDelayMs } from './retry-schedule.ts';

/** What becomes of a delivery after an attempt. */
export type NextStep =
  | { state: 'delivered' }
  | { state: 'pending'; failures: number; delayMs: number }
  | { state: 'failed'; failures: number; reason: DeliveryReason };

const GONE = 410;

export interface RetryRules {
  /** Milliseconds after each failure. */
  schedule: readonly number[];
  /** A number from 0 up to 1. */
  random: () => number;
}

/** Decides by the outcome and by how many attempts had failed before. */
export function nextStep(
  outcome: Pick<AttemptOutcome, 'ok' | 'status' | 'retryAfterMs'>,
  failedBefore: number,
  { schedule, random }: RetryRules,
): NextStep {
  if (outcome.ok) return { state: 'delivered' };
  const failures = failedBefore + 1;
  if (outcome.status === GONE) return { state: 'failed', failures, reason: 'receiver-gone' };
  const delayMs = retryDelayMs({ failures, retryAfterMs: outcome.retryAfterMs }, schedule, random);
  if (delayMs === null) return { state: 'failed', failures, reason: 'retries-used-up' };
  return { state: 'pending', failures, delayMs };
}
