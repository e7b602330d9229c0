import { expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from '../faults.ts';
import { plainWords } from '../plain-words.ts';
import { CreateRedelivery } from './redeliveries.ts';

z.config({ customError: plainWords });

const faultsIn = (filter: unknown) => {
  const { error } = CreateRedelivery.safeParse(filter);
  return error ? faultsOf(error) : [];
};

it('a redelivery names what it sends again, for everything would be too much by mistake', () => {
  expect(faultsIn({ state: 'failed', from: '2026-01-31T00:00:00Z' })).toEqual([]);
  expect(faultsIn({})).toMatchObject([
    { path: '', message: expect.stringContaining('at least one of') as string },
  ]);
});

it('a misspelt filter is told what it may have meant, out of the fields that there are', () => {
  expect(faultsIn({ state: 'failed', events: 'x', untill: 'y' })).toEqual([
    { path: 'events', message: 'is not a known field; did you mean "event"?' },
    { path: 'untill', message: 'is not a known field; leave it out' },
  ]);
});
