import type { Timers } from '@interview-webhooks/database';

export interface HandTimers extends Timers {
  /** Lets `ms` pass: runs what is due by then, one after the other, each at its time. */
  advance(ms: number): Promise<void>;
}

/** @param pass told of each stretch of time that passes, to move a clock along */
export function handTimers(pass: (ms: number) => void): HandTimers {
  const waiting = new Set<{ atMs: number; work: () => Promise<void> }>();
  let nowMs = 0;
  const moveTo = (atMs: number) => {
    pass(atMs - nowMs);
    nowMs = atMs;
  };
  return {
    after: (ms, work) => {
      const timer = { atMs: nowMs + ms, work };
      waiting.add(timer);
      return () => void waiting.delete(timer);
    },
    advance: async (ms) => {
      const endMs = nowMs + ms;
      for (;;) {
        const [next] = [...waiting].sort((one, other) => one.atMs - other.atMs);
        if (!next || next.atMs > endMs) break;
        waiting.delete(next);
        moveTo(next.atMs);
        await next.work();
      }
      moveTo(endMs);
    },
  };
}
