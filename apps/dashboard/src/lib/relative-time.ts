const MINUTE_MS = 60_000;
const units = [
  { unit: 'minute', ms: MINUTE_MS, below: 60 * MINUTE_MS },
  { unit: 'hour', ms: 60 * MINUTE_MS, below: 24 * 60 * MINUTE_MS },
  { unit: 'day', ms: 24 * 60 * MINUTE_MS, below: 30 * 24 * 60 * MINUTE_MS },
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const dated = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/**
 * `3 hours ago` or `in 3 hours`; farther than a month away, the date. A clock that is a little ahead reads as
 * `just now`.
 */
export function relativeTime(at: Date, now: Date): string {
  const elapsedMs = now.getTime() - at.getTime();
  const distanceMs = Math.abs(elapsedMs);
  if (distanceMs < MINUTE_MS) return 'just now';
  const fitting = units.find(({ below }) => distanceMs < below);
  return fitting
    ? relative.format(-Math.sign(elapsedMs) * Math.floor(distanceMs / fitting.ms), fitting.unit)
    : `on ${dated.format(at)}`;
}
