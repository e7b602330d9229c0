import type { GetOverview, OverviewRange } from '@interview-webhooks/schema';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;

const shapes: Record<OverviewRange, { hours: number; count: number }> = {
  '24h': { hours: 1, count: 24 },
  '7d': { hours: 6, count: 28 },
  '30d': { hours: 24, count: 30 },
};

/** The stretches of time that a chart has a bar for. */
export interface TimeBuckets {
  from: Date;
  to: Date;
  bucketHours: number;
  /** Where each begins, the oldest first. */
  starts: Date[];
  /** Which of them `at` falls into. */
  indexOf: (at: Date) => number;
}

/** The buckets of `range` that end with the one that `now` is in. Their days are those of the reader. */
export function timeBuckets({ range, utc_offset_minutes }: GetOverview, now: Date): TimeBuckets {
  const { hours, count } = shapes[range];
  const sizeMs = hours * HOUR_MS;
  // What is counted by the hour cannot be cut at a quarter past.
  const offsetMs = Math.trunc((utc_offset_minutes * MINUTE_MS) / HOUR_MS) * HOUR_MS;
  const lastMs = Math.floor((now.getTime() + offsetMs) / sizeMs) * sizeMs - offsetMs;
  const firstMs = lastMs - (count - 1) * sizeMs;
  return {
    from: new Date(firstMs),
    to: new Date(lastMs + sizeMs),
    bucketHours: hours,
    starts: Array.from({ length: count }, (_, index) => new Date(firstMs + index * sizeMs)),
    indexOf: (at) => Math.floor((at.getTime() - firstMs) / sizeMs),
  };
}

/** The hour that `at` is in. */
export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

/** The day, by UTC, that `at` is in. */
export function dayOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}
