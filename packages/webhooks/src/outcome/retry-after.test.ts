import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW_MS = Date.UTC(2026, 0, 31, 12, 0, 0);
const DAY_MS = 86_400_000;

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['86401', DAY_MS],
  ['9'.repeat(400), DAY_MS],
  ['Sat, 31 Jan 2026 12:01:00 GMT', 60_000],
  ['Saturday, 31-Jan-26 12:01:00 GMT', 60_000],
  ['Sat Jan 31 12:01:00 2026', 60_000],
  ['Fri, 30 Jan 2026 12:00:00 GMT', 0],
  ['Sun, 01 Feb 2099 12:00:00 GMT', DAY_MS],
  ['', null],
  ['-5', null],
  ['1.5', null],
  ['1e3', null],
  ['soon', null],
  ['2026-01-31', null],
  ['Sat, nonsense', null],
])('"%.40s" asks for %s ms', (value, expected) => {
  expect(retryAfterMs(value, NOW_MS)).toBe(expected);
});
