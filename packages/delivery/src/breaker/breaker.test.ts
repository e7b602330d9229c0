import { describe, expect, it } from 'vitest';
import { afterOutcomes, type BreakerState, isGivenUp, paused, permission } from './breaker.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
const failed = (failures: number) => ({ failures, successes: 0 });
const received = { failures: 3, successes: 1 };

/** The state after `failures` in a row at time 0. */
function failing(failures: number): BreakerState {
  const state = afterOutcomes(null, failed(failures), at(0));
  if (!state) throw new Error('something that fails has a state');
  return state;
}

describe('a breaker', () => {
  it('stays closed while failures are few', () => {
    expect(failing(9)).toMatchObject({ failures: 9, openUntil: null });
    expect(permission(failing(9), at(0))).toBe('all');
    expect(permission(undefined, at(0))).toBe('all');
  });

  it('opens at the tenth in a row, and lets a probe through after five seconds', () => {
    const open = afterOutcomes(failing(9), failed(1), at(7));
    expect(open).toEqual({ failures: 10, failingSince: at(0), openUntil: at(12), pauses: 1 });
    expect([permission(open ?? undefined, at(11)), permission(open ?? undefined, at(12))]).toEqual([
      'none',
      'probe',
    ]);
  });

  it('is not opened any further by what was under way when it opened', () => {
    const open = failing(10);
    expect(afterOutcomes(open, failed(15), at(2))).toEqual({ ...open, failures: 25 });
  });

  it('takes each probe for failed, and waits longer before the next, up to five minutes', () => {
    let state = failing(10);
    const pauses: number[] = [];
    for (let now = at(5); pauses.length < 6; now = state.openUntil ?? now) {
      state = paused(state, now);
      state = afterOutcomes(state, failed(1), now) ?? state;
      pauses.push(((state.openUntil?.getTime() ?? 0) - now.getTime()) / 1000);
    }
    expect(pauses).toEqual([30, 60, 120, 300, 300, 300]);
    expect(state.failures).toBe(16);
  });

  it('forgets everything when something is received', () => {
    expect(afterOutcomes(failing(30), received, at(60))).toBeNull();
  });
});

describe('an endpoint', () => {
  const days = (count: number) => at(count * 86_400);

  it('is given up after five days of nothing but failures', () => {
    expect(isGivenUp(failing(10), days(4.99))).toBe(false);
    expect(isGivenUp(failing(10), days(5))).toBe(true);
  });

  it('is not given up over a handful of failures, however old', () => {
    expect(isGivenUp(failing(9), days(6))).toBe(false);
  });
});
