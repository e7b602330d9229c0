import type { OverviewRange } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { hourOf, timeBuckets } from './time-buckets.ts';

const now = new Date('2026-01-31T12:34:56Z');
const buckets = (range: OverviewRange, utc_offset_minutes = 0) => {
  const { from, to, starts, indexOf } = timeBuckets({ range, utc_offset_minutes }, now);
  expect([indexOf(from), indexOf(now), indexOf(to)]).toEqual([0, starts.length - 1, starts.length]);
  return [from, starts.at(-1), to].map((at) => at?.toISOString().slice(0, 16));
};

it.each([
  ['24h', ['2026-01-30T13:00', '2026-01-31T12:00', '2026-01-31T13:00']],
  ['7d', ['2026-01-24T18:00', '2026-01-31T12:00', '2026-01-31T18:00']],
  ['30d', ['2026-01-02T00:00', '2026-01-31T00:00', '2026-02-01T00:00']],
] as const)('%s ends with the bucket that is being filled', (range, expected) => {
  expect(buckets(range)).toEqual(expected);
});

it.each([
  [60, ['2026-01-01T23:00', '2026-01-30T23:00', '2026-01-31T23:00']],
  [13 * 60, ['2026-01-02T11:00', '2026-01-31T11:00', '2026-02-01T11:00']],
  [-8 * 60, ['2026-01-02T08:00', '2026-01-31T08:00', '2026-02-01T08:00']],
  [5 * 60 + 30, ['2026-01-01T19:00', '2026-01-30T19:00', '2026-01-31T19:00']],
])('the days of a reader %i minutes ahead are his own', (offset, expected) => {
  expect(buckets('30d', offset)).toEqual(expected);
});

it('an hour begins with it', () => {
  expect(hourOf(now).toISOString()).toBe('2026-01-31T12:00:00.000Z');
});
