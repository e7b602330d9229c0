import { describe, expect, test } from 'vitest';
import { expiryAfter, keyStatus } from './expiry.ts';

const now = new Date('2026-03-31T12:00:00Z');

test('a lifetime in days becomes the moment it is over', () => {
  expect(expiryAfter('30', now)).toBe('2026-04-30T12:00:00.000Z');
  expect(expiryAfter('', now)).toBeNull();
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
