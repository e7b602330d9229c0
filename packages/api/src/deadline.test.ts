import { isDatabaseUnavailable, OperationDeadlineError } from '@interview-webhooks/domain';
import { expect, it, vi } from 'vitest';
import { byDeadline } from './deadline.ts';
import { problemOf } from './problems.ts';
import { appRouter } from './router.ts';

it('what is over in time is as it is', async () => {
  const answerByMs = performance.now() + 60_000;
  expect(await byDeadline(answerByMs, () => Promise.resolve('done'))).toBe('done');
  await expect(byDeadline(answerByMs, () => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
});

it('what is over leaves no timer behind, however it ends', async () => {
  vi.useFakeTimers();
  try {
    const answerByMs = performance.now() + 60_000;
    await byDeadline(answerByMs, () => Promise.resolve());
    await byDeadline(answerByMs, () => Promise.reject(new Error('its own'))).catch(() => undefined);
    const atOnce = () => {
      throw new Error('before it has begun');
    };
    await expect(byDeadline(answerByMs, atOnce)).rejects.toThrow('before it has begun');
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

it('what is not over by then is 503 with Retry-After', async () => {
  const error: unknown = await byDeadline(performance.now(), () => new Promise(() => undefined)).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(OperationDeadlineError);
  expect(isDatabaseUnavailable(error)).toBe(true);
  expect(problemOf(error, 'r1')).toMatchObject({ problem: { status: 503 }, retryAfterSeconds: 2 });
});

it('every call has the deadline, but for those that have bounds of their own', () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { takesLonger?: true } } }>, // as tRPC keeps them
  );
  const longer = procedures.filter(([, { _def }]) => _def.meta?.takesLonger).map(([name]) => name);
  expect(longer.sort()).toEqual(['demo.remove', 'settings.test']);
});
