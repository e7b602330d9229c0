import { expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

const now = new Date('2026-03-31T12:00:00Z');

test.each([
  ['2026-03-31T12:00:30Z', 'just now'],
  ['2026-03-31T12:01:00Z', 'in 1 minute'],
  ['2026-04-01T11:59:59Z', 'in 23 hours'],
  ['2026-04-01T12:00:00Z', 'tomorrow'],
  ['2027-01-01T12:00:00Z', 'on Jan 1, 2027'],
  ['2026-03-31T11:59:01Z', 'just now'],
  ['2026-03-31T11:59:00Z', '1 minute ago'],
  ['2026-03-31T11:00:01Z', '59 minutes ago'],
  ['2026-03-31T11:00:00Z', '1 hour ago'],
  ['2026-03-30T12:00:01Z', '23 hours ago'],
  ['2026-03-30T12:00:00Z', 'yesterday'],
  ['2026-03-02T12:00:00Z', '29 days ago'],
  ['2026-03-01T12:00:00Z', 'on Mar 1, 2026'],
])('%s reads as %s', (at, expected) => {
  expect(relativeTime(new Date(at), now)).toBe(expected);
});
