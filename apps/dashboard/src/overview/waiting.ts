import type { DueWithin, Waiting } from '@interview-webhooks/schema';

/** When it is due, in the words of the list. */
export const dueNames: Record<DueWithin, string> = {
  now: 'Now',
  '5m': 'In the next 5 minutes',
  '1h': 'Within the hour',
  '6h': 'In 1 to 6 hours',
  '24h': 'In 6 to 24 hours',
  later: 'Later',
};

/** What waits in all. Counted up to a bound, so there may be more. */
export function waitingInAll({ by_due }: Waiting): { count: number; more: boolean } {
  return {
    count: by_due.reduce((sum, { count }) => sum + count, 0),
    more: by_due.some(({ more }) => more),
  };
}
