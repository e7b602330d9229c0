import { randomNumbers } from '../faults/random.ts';
import { percentile } from '../report/percentile.ts';

export interface QueueOptions {
  /** Events that come in, at random times (Poisson). */
  perSecond: number;
  events: number;
  /** What the one thread of a node takes for one, on the average (exponential). */
  threadMs: number;
  /** What a group commit of so many takes: what comes meanwhile is the next one. */
  commitMs: (count: number) => number;
  seed: number;
}

/** From an event until its request may go out, in milliseconds. */
export interface Waits {
  /** For the thread alone. */
  threadMs: number[];
  /** For the thread and for the commit after it. */
  totalMs: number[];
}

/** One node: a thread that takes one event after the other, and behind it a group commit that takes all that wait. */
export function simulateQueue({ perSecond, events, threadMs, commitMs, seed }: QueueOptions): Waits {
  const random = randomNumbers(seed);
  const exponential = (mean: number) => -mean * Math.log(1 - random());
  const arrivals: number[] = [];
  const prepared: number[] = [];
  let arriveAt = 0;
  let threadFreeAt = 0;
  for (let event = 0; event < events; event++) {
    arriveAt += exponential(1000 / perSecond);
    threadFreeAt = Math.max(arriveAt, threadFreeAt) + exponential(threadMs);
    arrivals.push(arriveAt);
    prepared.push(threadFreeAt);
  }
  const committed = commitTimes(prepared, commitMs);
  const since = (times: readonly number[]) => times.map((time, at) => time - (arrivals[at] ?? NaN));
  return { threadMs: since(prepared), totalMs: since(committed) };
}

/** When each is committed, of those that were ready at these times, in order. */
function commitTimes(readyAt: readonly number[], commitMs: (count: number) => number): number[] {
  const committed: number[] = [];
  let freeAt = 0;
  while (committed.length < readyAt.length) {
    const from = committed.length;
    const beginAt = Math.max(freeAt, readyAt[from] ?? 0);
    let to = from + 1;
    while (to < readyAt.length && (readyAt[to] ?? Infinity) <= beginAt) to++;
    freeAt = beginAt + commitMs(to - from);
    while (committed.length < to) committed.push(freeAt);
  }
  return committed;
}

/** The waits that half of all, and all but one in a hundred, stay below. */
export function summary(waits: readonly number[]): { p50Ms: number; p99Ms: number } {
  return { p50Ms: percentile(waits, 0.5), p99Ms: percentile(waits, 0.99) };
}
