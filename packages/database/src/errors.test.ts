import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { isDatabaseUnavailable } from './errors.ts';

const { mongo } = mongoose;

it.each([
  ['stepping down', 189],
  ['not the primary any more', 10107],
  ['shutting down', 91],
  ['no majority in time', 64],
  ['no majority to read from yet', 134],
  ['another member out of reach', 6],
  ['a cursor of the primary before', 43],
])('a server that is %s is away', (_why, code) => {
  expect(isDatabaseUnavailable(new mongo.MongoServerError({ message: 'as it says', code }))).toBe(true);
});

it('what the driver would try again is away, whatever its code', () => {
  const error = new mongo.MongoServerError({
    message: 'x',
    code: 12_345,
    errorLabels: ['RetryableWriteError'],
  });
  expect(isDatabaseUnavailable(error)).toBe(true);
});

it.each([11000, 121, 2, 13])('a refusal is none of it: code %i', (code) => {
  expect(isDatabaseUnavailable(new mongo.MongoServerError({ message: 'x', code }))).toBe(false);
});
