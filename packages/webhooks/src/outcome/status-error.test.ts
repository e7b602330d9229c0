import { expect, it } from 'vitest';
import { statusError } from './status-error.ts';

it('counts 2xx alone as received', () => {
  for (const status of [200, 202, 204, 299]) expect(statusError(status)).toBeNull();
  for (const status of [300, 301, 304, 308, 399]) expect(statusError(status)?.code).toBe('redirect');
  for (const status of [400, 410, 429, 500, 503, 999]) {
    const error = statusError(status);
    expect(error?.code).toBe('http-status');
    expect(error?.message).toContain(String(status));
  }
});

it('shows where a redirect leads, but not endlessly', () => {
  expect(statusError(301, { location: 'http://10.0.0.1/' })?.message).toContain('to http://10.0.0.1/.');
  expect(statusError(302, { location: 'x'.repeat(9_000) })?.message.length).toBeLessThan(500);
});

it('says so where a receiver wants a client certificate or another version of HTTP', () => {
  const body = '<center>No required SSL certificate was sent</center>';
  expect(statusError(400, { body })?.message).toContain('client certificate');
  expect(statusError(400, { body: 'name is required' })?.message).toBe(
    'The receiver answered 400 instead of 2xx.',
  );
  for (const status of [426, 505]) expect(statusError(status)?.message).toContain('HTTP/1.1');
});
