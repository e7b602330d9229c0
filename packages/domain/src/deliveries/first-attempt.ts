import type { DeliveryDocument } from '@interview-webhooks/database';
import type { MadeAttempt } from './make-attempt.ts';

/**
 * The log of an attempt as it is stored within its delivery: one string costs the database and the driver a fraction of what
 * its some thirty fields do.
 */
export function storedAttempt(attempt: MadeAttempt): string {
  return JSON.stringify(attempt);
}

/** The attempt that a delivery was stored with; none for those that were stored before their first attempt. */
export function firstAttemptOf({ firstAttempt }: Pick<DeliveryDocument, 'firstAttempt'>): MadeAttempt[] {
  if (firstAttempt === undefined) return [];
  const { startedAt, nextAttemptAt, ...attempt } = JSON.parse(firstAttempt) as AsJson; // as `storedAttempt` wrote it
  return [
    {
      ...attempt,
      startedAt: new Date(startedAt),
      nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt),
    },
  ];
}

type AsJson = Omit<MadeAttempt, 'startedAt' | 'nextAttemptAt'> & {
  startedAt: string;
  nextAttemptAt: string | null;
};
