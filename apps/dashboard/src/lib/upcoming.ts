import { relativeTime } from './relative-time.ts';

const MINUTE_MS = 60_000;

/** When something is to happen, in a sentence: `in 5 minutes`; what is due already, `any moment now`. */
export function upcoming(at: Date, now: Date): string {
  const restMs = at.getTime() - now.getTime();
  if (restMs <= 0) return 'any moment now';
  return restMs < MINUTE_MS ? 'within a minute' : relativeTime(at, now);
}
