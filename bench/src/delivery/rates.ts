/** The time in which something is measured, in milliseconds of the monotonic clock. */
export interface Window {
  readonly fromMs: number;
  /** The first moment that is no longer measured. */
  readonly toMs: number;
}

/** How many of these moments are in the window: the warm-up before it does not count. */
export function countWithin(timesMs: Iterable<number>, { fromMs, toMs }: Window): number {
  let count = 0;
  for (const at of timesMs) if (at >= fromMs && at < toMs) count++;
  return count;
}

/** How many happened in a second while it was under way: `cut` (0 to 0.5) of them are left out at each end. */
export function steadyPerSecond(timesMs: readonly number[], cut: number): number {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const first = Math.floor(sorted.length * cut);
  const last = sorted.length - 1 - first;
  const tookMs = (sorted[last] ?? NaN) - (sorted[first] ?? NaN);
  return ((last - first) / tookMs) * 1_000;
}

/** How many calls a rate makes that rises from nothing to `perSecond` in `warmUpMs` and stays there for `forMs`. */
export function callsFor({ perSecond, warmUpMs }: { perSecond: number; warmUpMs: number }, forMs: number) {
  return Math.round(((warmUpMs / 2 + forMs) / 1_000) * perSecond);
}
