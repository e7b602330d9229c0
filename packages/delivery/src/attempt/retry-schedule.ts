const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Delays after the first, second, … failure, in milliseconds: eight attempts over about 28 hours. */
export const defaultSchedule: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
];

/** Spreads the retries of many deliveries that failed together. */
const JITTER = 0.2;

/** How long a delivery may be retried by `schedule`, in milliseconds, where no receiver asks for more. */
export function longestScheduleMs(schedule: readonly number[]): number {
  return schedule.reduce((sum, delayMs) => sum + delayMs * (1 + JITTER), 0);
}

export interface Failure {
  /** How many attempts have failed, this one included. */
  failures: number;
  /** What the receiver asked for, if it did. */
  retryAfterMs: number | null;
}

/**
 * How long to wait after a failure, in milliseconds, or null when the schedule is used up.
 *
 * @param random a number from 0 up to 1
 */
export function retryDelayMs(
  { failures, retryAfterMs }: Failure,
  schedule: readonly number[],
  random: () => number,
): number | null {
  const delayMs = schedule[failures - 1];
  if (delayMs === undefined) return null;
  const jittered = Math.round(delayMs * (1 + JITTER * (2 * random() - 1)));
  // A receiver that names a time gets at least that; asking for less does not make us hurry.
  return Math.max(jittered, retryAfterMs ?? 0);
}
