import { expect, it } from 'vitest';
import { formatMs, formatRate } from './figures.ts';

it.each([
  [1, '100%'],
  [0.999_999, '99.9%'],
  [0.5, '50%'],
  [0.000_1, '0%'],
])('a rate of %d is %s', (rate, shown) => {
  expect(formatRate(rate)).toBe(shown);
});

it.each([
  [0.44, '0.4 ms'],
  [84.3, '84 ms'],
  [999, '999 ms'],
  [1_254, '1.25 s'],
  [15_000, '15 s'],
])('%d milliseconds are %s', (ms, shown) => {
  expect(formatMs(ms)).toBe(shown);
});
