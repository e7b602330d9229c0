import { expect, test } from 'vitest';
import { milliseconds, timingPhases } from './timing-phases.ts';

test('phases that did not happen are left out, and the rest of the time is shown', () => {
  const timings = { dns_ms: null, connect_ms: 2, tls_ms: null, first_byte_ms: 30, total_ms: 40 };
  expect(timingPhases(timings)).toEqual([
    { name: 'Connect', ms: 2 },
    { name: 'First byte', ms: 30 },
    { name: 'Rest', ms: 8 },
  ]);
});

test('nothing is left where the phases account for all, or rounding for more', () => {
  const timings = { dns_ms: 1, connect_ms: 2, tls_ms: 3, first_byte_ms: 4.001, total_ms: 10 };
  expect(timingPhases(timings).map(({ name }) => name)).toEqual(['DNS', 'Connect', 'TLS', 'First byte']);
});

test.each([
  [0.42, '0.4 ms'],
  [9.99, '10.0 ms'],
  [131.6, '132 ms'],
  [1_540, '1.5 s'],
  [15_003, '15 s'],
])('%s ms reads as %s', (ms, expected) => {
  expect(milliseconds(ms)).toBe(expected);
});
