import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  gmtOfLocalMinute,
  isoOfLocalMinute,
  LocalMinute,
  localMinute,
  localMinuteFault,
} from './local-minute.ts';

beforeEach(() => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a field holds the viewer’s own time', () => {
  expect(localMinute('2026-01-31T20:00:00.000Z')).toBe('2026-02-01T01:30');
  expect(isoOfLocalMinute('2026-02-01T01:30')).toBe('2026-01-31T20:00:00.000Z');
  expect(gmtOfLocalMinute('2026-02-01T01:30')).toBe('2026-01-31 20:00');
});

test('an empty field is no time', () => {
  expect(localMinute(undefined)).toBe('');
  expect(isoOfLocalMinute('')).toBeUndefined();
  expect(gmtOfLocalMinute('')).toBeNull();
});

test.each(['12026-01-01T10:00', '275761-01-01T10:00', '0000-01-01T00:00', 'nonsense'])(
  '%s is a fault, not an exception, and stays where it can be corrected',
  (typed) => {
    expect(isoOfLocalMinute(typed)).toBeUndefined();
    expect(gmtOfLocalMinute(typed)).toBeNull();
    expect(localMinuteFault(typed)).toBe('must have a year of four digits');
    expect(LocalMinute.safeParse(typed).success).toBe(false);
  },
);

test('what is typed and cannot be read stays as it is', () => {
  expect(localMinute('12026-13-01T10:00')).toBe('12026-13-01T10:00');
});
