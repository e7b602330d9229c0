import { expect, test } from 'vitest';
import { hasNews, lastHeardAt, livenessOf, type Polls } from './liveness.ts';

const LOST_AT = 10_000;
const polls = (known: Partial<Polls> = {}): Polls => ({
  isError: false,
  dataUpdatedAt: 0,
  errorUpdatedAt: 0,
  ...known,
});
const adrift = (known: Partial<Polls> = {}) => ({
  isLive: false,
  adriftSince: LOST_AT,
  polls: polls(known),
});

test('a live connection says enough', () => {
  const connection = { ...adrift({ isError: true, errorUpdatedAt: LOST_AT + 1 }), isLive: true };
  expect(livenessOf(connection)).toBe('live');
});

test('one that is just being made again is no reason to say anything', () => {
  const connection = { ...adrift({ isError: true, errorUpdatedAt: LOST_AT + 1 }), adriftSince: null };
  expect(livenessOf(connection)).toBe('connecting');
});

test('an answer from before the connection was lost is no news', () => {
  const before = adrift({ dataUpdatedAt: LOST_AT - 1 });
  expect(hasNews(before)).toBe(false);
  expect(livenessOf(before)).toBe('connecting');
  expect(lastHeardAt(before)).toEqual(new Date(LOST_AT));
});

test('an answer from since then is news', () => {
  const since = adrift({ dataUpdatedAt: LOST_AT + 5 });
  expect(hasNews(since)).toBe(true);
  expect(livenessOf(since)).toBe('polling');
});

test('it is not connected while calls fail, since the last answer', () => {
  const offline = adrift({ isError: true, dataUpdatedAt: LOST_AT + 5, errorUpdatedAt: LOST_AT + 9 });
  expect(livenessOf(offline)).toBe('offline');
  expect(lastHeardAt(offline)).toEqual(new Date(LOST_AT + 5));
  expect(livenessOf(adrift({ isError: true, errorUpdatedAt: LOST_AT - 1 }))).toBe('connecting');
});
