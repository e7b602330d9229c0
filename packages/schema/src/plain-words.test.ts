import { expect, it } from 'vitest';
import { z } from 'zod';
import { DeliveryFilter } from './deliveries/deliveries.ts';
import { faultsOf } from './faults.ts';
import { plainWords } from './plain-words.ts';

z.config({ customError: plainWords });

const date = 'must be a date and time such as "2026-01-31T12:00:00Z"';

it.each([
  ['2026-01-31T12:00:00 01:00', `${date}; in a query write the + of a time zone as %2B`],
  ['2026-01-31T12:00:00.000 0530', `${date}; in a query write the + of a time zone as %2B`],
  ['2026-01-31 12:00', date],
  ['yesterday', date],
  ['12026-01-31T12:00:00Z', date],
])('of the time %s in a query it says what to write', (from, message) => {
  const { error } = DeliveryFilter.safeParse({ from });
  expect(error && faultsOf(error)).toEqual([{ path: 'from', message }]);
});

it('a time zone in a query is one like any other', () => {
  const [, from] = [...new URLSearchParams('from=2026-01-31T12:00:00%2B01:00').entries()][0] ?? [];
  expect(DeliveryFilter.parse({ from })).toEqual({ from: '2026-01-31T12:00:00+01:00' });
});
