import { describe, expect, test } from 'vitest';
import { expiryOf, keyStatus, UNTIL } from './expiry.ts';

const now = new Date('2026-03-31T12:00:00Z');

test('a lifetime in days becomes the moment it is over', () => {
  expect(expiryOf('30', '', now)).toBe('2026-04-30T12:00:00.000Z');
  expect(expiryOf('', '', now)).toBeNull();
});

test('a date of one’s own is read in the viewer’s zone', () => {
  const local = new Date(2026, 4, 1, 9, 30);
  expect(expiryOf(UNTIL, '2026-05-01T09:30', now)).toBe(local.toISOString());
});

describe('a key is', () => {
  test.each([
    ['active', null, null],
    ['active', '2026-04-14T12:00:00Z', null],
    ['expiring', '2026-04-14T11:59:59Z', null],
    ['expired', '2026-03-31T12:00:00Z', null],
    ['revoked', '2026-03-01T12:00:00Z', '2026-02-01T12:00:00Z'],
  ])('%s', (status, expires_at, revoked_at) => {
    expect(keyStatus({ expires_at, revoked_at }, now)).toBe(status);
  });
});
