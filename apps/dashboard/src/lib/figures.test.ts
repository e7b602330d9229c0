import { expect, it } from 'vitest';
import { formatRate } from './figures.ts';

it.each([
  [1, '100%'],
  [0.999_999, '99.9%'],
  [0.5, '50%'],
  [0.000_1, '0%'],
])('a rate of %d is %s', (rate, shown) => {
  expect(formatRate(rate)).toBe(shown);
});
