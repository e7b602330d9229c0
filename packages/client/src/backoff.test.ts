import { expect, it } from 'vitest';
import { waitBeforeRetry } from './backoff.ts';

const nowMs = Date.UTC(2026, 10, 25, 12);
const wait = (attempt: number, retryAfter: string | null, random = 0) =>
  waitBeforeRetry({ attempt, retryAfter, nowMs, random });

it('waits twice as long each time, spread over the upper half, and never longer than ten seconds', () => {
  expect([1, 2, 3, 4].map((attempt) => wait(attempt, null))).toEqual([250, 500, 1000, 2000]);
  expect([1, 2, 3, 4].map((attempt) => wait(attempt, null, 1))).toEqual([500, 1000, 2000, 4000]);
  expect(wait(30, null, 1)).toBe(10_000);
});

it('does as the server asks, in seconds or by date, and never comes early', () => {
  expect(wait(1, '2')).toBe(2000);
  expect(wait(1, '2', 1)).toBe(2250);
  expect(wait(1, 'Wed, 25 Nov 2026 12:00:07 GMT')).toBe(7000);
  expect(wait(1, 'Wed, 25 Nov 2026 11:00:00 GMT')).toBe(0);
});

it('takes what cannot be read for nothing', () => {
  for (const value of ['', 'soon', '-5', '1.5']) expect(wait(1, value)).toBe(wait(1, null));
});

it('gives up where the server asks for more than a minute', () => {
  expect(wait(1, '60')).toBe(60_000);
  expect(wait(1, '61')).toBeNull();
});
