import { type Delivery, DeliveryReason, LastError } from '@interview-webhooks/schema';
import { expect, test } from 'vitest';
import { verdict } from './verdict.ts';

const now = new Date('2026-03-31T12:00:00Z');
const failed = {
  state: 'failed',
  reason: 'retries-used-up',
  attempts: 8,
  last_status: 503,
  last_error: 'http-status',
  next_attempt_at: null,
} as const satisfies Partial<Delivery>;
const pending = {
  ...failed,
  state: 'pending',
  reason: null,
  next_attempt_at: '2026-03-31T12:05:00Z',
} as const;

test('each outcome is one plain sentence', () => {
  expect(verdict({ ...failed, state: 'delivered', attempts: 1, last_status: 204 }, now).what).toBe(
    'Delivered on the first attempt: the receiver answered 204.',
  );
  expect(verdict({ ...failed, state: 'delivered', last_status: 200 }, now).what).toBe(
    'Delivered after 8 attempts: the receiver answered 200.',
  );
  expect(verdict({ ...pending, attempts: 1 }, now)).toMatchObject({
    what: 'Not delivered yet: the receiver answered 503. It is tried again in 5 minutes.',
    advice: expect.stringContaining('log') as string,
  });
  expect(verdict(failed, now)).toMatchObject({
    tone: 'danger',
    what: 'Given up after 8 attempts: the receiver answered 503.',
    advice: expect.stringMatching(/Then redeliver\.$/) as string,
  });
  expect(verdict({ ...pending, attempts: 0, last_error: null }, now).what).toBe(
    'Not sent yet: its turn comes in 5 minutes.',
  );
});

test.each(DeliveryReason.options)('%s is explained, with what to do', (reason) => {
  const state = reason === 'endpoint-failing' ? 'pending' : 'cancelled';
  const { what, advice } = verdict({ ...failed, state, reason }, now);
  expect(what).toMatch(/^[A-Z].*\.$/);
  expect(advice).toMatch(/\.$/);
});

test.each(LastError.options)('a delivery that was given up with %s has a sentence', (last_error) => {
  const { what, advice } = verdict({ ...failed, last_error, last_status: null }, now);
  expect(what).toMatch(/^Given up after 8 attempts: .*[^.]\.$/);
  expect(advice).not.toBeNull();
});

test('what is mended in the settings says so', () => {
  expect(verdict({ ...failed, last_status: 404 }, now).inSettings).toBe(true);
  expect(verdict({ ...failed, last_error: 'connection-refused' }, now).inSettings).toBe(false);
});
