import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countOf, quantile, stepOf } from './response-times.ts';

function timesOf(all: readonly number[]): Record<string, number> {
  const times: Record<string, number> = {};
  for (const ms of all) times[stepOf(ms)] = (times[stepOf(ms)] ?? 0) + 1;
  return times;
}

it('knows of no answers', () => {
  expect(quantile({}, 0.5)).toBeNull();
  expect(quantile({ 12: 0 }, 0.5)).toBeNull();
});

it('is off by no more than 7.5 % and the rounding, whatever the times', () => {
  const times = fc.array(fc.double({ min: 0.1, max: 300_000, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.constantFrom(0, 0.5, 0.95, 1), (all, part) => {
      const sorted = [...all].sort((one, other) => one - other);
      const exact = sorted[Math.floor(part * (all.length - 1))] ?? NaN;
      const shown = quantile(timesOf(all), part) ?? NaN;
      expect(Math.abs(shown - exact)).toBeLessThanOrEqual(exact * 0.075 + 0.05);
      expect(countOf(timesOf(all))).toBe(all.length);
    }),
  );
});

it('takes a minute in some ninety steps', () => {
  expect([stepOf(0), stepOf(0.1), stepOf(60_000)]).toEqual([0, 0, 96]);
});
