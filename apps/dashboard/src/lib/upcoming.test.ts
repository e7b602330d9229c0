import { expect, test } from 'vitest';
import { upcoming } from './upcoming.ts';

test.each([
  ['2026-03-31T11:59:59Z', 'any moment now'],
  ['2026-03-31T12:00:00Z', 'any moment now'],
  ['2026-03-31T12:00:05Z', 'within a minute'],
  ['2026-03-31T12:05:00Z', 'in 5 minutes'],
  ['2026-04-01T12:00:00Z', 'tomorrow'],
])('%s is %s', (at, expected) => {
  expect(upcoming(new Date(at), new Date('2026-03-31T12:00:00Z'))).toBe(expected);
});
