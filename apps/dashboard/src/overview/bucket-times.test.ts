import { expect, it } from 'vitest';
import { bucketEnd, bucketTimes } from './bucket-times.ts';

const AT = '2026-11-23T23:00:00.000Z';

it.each([
  ['24h', 1, 'UTC', '23:00', 'Nov 23, 23:00 to 00:00'],
  ['24h', 1, 'Europe/Berlin', '00:00', 'Nov 24, 00:00 to 01:00'],
  ['7d', 6, 'Europe/Berlin', '24 Tue', 'Nov 24, 00:00 to 06:00'],
  ['30d', 24, 'Europe/Berlin', 'Nov 24', 'Nov 24'],
] as const)('over %s, a bar of %d hours in %s says when it is', (range, hours, zone, tick, span) => {
  const times = bucketTimes(range, hours, zone);
  expect(times.tick(AT)).toBe(tick);
  expect(times.span(AT)).toBe(span);
});

it('a day begins where the viewer’s does', () => {
  expect(bucketTimes('7d', 6, 'Europe/Berlin').beginsDay(AT)).toBe(true);
  expect(bucketTimes('7d', 6, 'UTC').beginsDay(AT)).toBe(false);
});

it('a bar ends where the next one begins', () => {
  expect(bucketEnd(AT, 6)).toBe('2026-11-24T05:00:00.000Z');
});
