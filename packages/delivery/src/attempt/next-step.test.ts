import { describe, expect, it } from 'vitest';
import { nextStep } from './next-step.ts';
import { defaultSchedule, retryDelayMs } from './retry-schedule.ts';

const rules = { schedule: [1_000, 60_000], random: () => 0.5 };
const failed = { ok: false, status: 500, retryAfterMs: null };

describe('after an attempt', () => {
  it('what was received is delivered, whatever had failed before', () => {
    expect(nextStep({ ok: true, status: 204, retryAfterMs: null }, 1, rules)).toEqual({ state: 'delivered' });
  });

  it('what failed is tried again by the schedule, and given up at its end', () => {
    expect(nextStep(failed, 0, rules)).toEqual({ state: 'pending', failures: 1, delayMs: 1_000 });
    expect(nextStep({ ...failed, status: 404 }, 1, rules)).toEqual({
      state: 'pending',
      failures: 2,
      delayMs: 60_000,
    });
    expect(nextStep({ ...failed, status: null }, 2, rules)).toEqual({
      state: 'failed',
      failures: 3,
      reason: 'retries-used-up',
    });
  });

  it('a receiver that is gone is not asked again', () => {
    expect(nextStep({ ...failed, status: 410 }, 0, rules)).toEqual({
      state: 'failed',
      failures: 1,
      reason: 'receiver-gone',
    });
  });
});

describe('the delay', () => {
  it('is spread by a fifth to either side', () => {
    const delay = (random: number) =>
      retryDelayMs({ failures: 1, retryAfterMs: null }, [10_000], () => random);
    expect([delay(0), delay(0.5), delay(0.999999)]).toEqual([8_000, 10_000, 12_000]);
  });

  it('is what the receiver asks for, unless that is sooner', () => {
    const delay = (retryAfterMs: number) => retryDelayMs({ failures: 1, retryAfterMs }, [10_000], () => 0.5);
    expect([delay(3_600_000), delay(1_000)]).toEqual([3_600_000, 10_000]);
  });

  it('adds up to eight attempts within 28 hours', () => {
    expect(defaultSchedule).toHaveLength(7);
    expect(defaultSchedule.reduce((sum, delayMs) => sum + delayMs, 0)).toBeLessThan(28 * 3_600_000);
  });
});
