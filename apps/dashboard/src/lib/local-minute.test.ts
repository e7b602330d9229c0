import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gmtOfLocalMinute, isoOfLocalMinute, localMinute } from './local-minute.ts';

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
