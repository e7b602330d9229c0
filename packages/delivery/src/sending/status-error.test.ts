import { expect, it } from 'vitest';
import { statusError } from './status-error.ts';

it('counts 2xx alone as received', () => {
  for (const status of [200, 202, 204, 299]) expect(statusError(status, undefined)).toBeNull();
  for (const status of [300, 301, 304, 308, 399])
    expect(statusError(status, undefined)?.code).toBe('redirect');
  for (const status of [400, 410, 429, 500, 503, 999]) {
    const error = statusError(status, undefined);
    expect(error?.code).toBe('http-status');
    expect(error?.message).toContain(String(status));
  }
});

it('shows where a redirect leads, but not endlessly', () => {
  expect(statusError(301, 'http://10.0.0.1/')?.message).toContain('to http://10.0.0.1/.');
  expect(statusError(302, 'x'.repeat(9_000))?.message.length).toBeLessThan(500);
});
