const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What a `Retry-After` header asks for (RFC 9110, section 10.2.3: seconds or an HTTP date), in milliseconds
 * from `nowMs`, at most 24 hours. Null when it says nothing that can be read.
 */
export function retryAfterMs(value: string, nowMs: number): number | null {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, DAY_MS);
  // Date.parse reads far more than HTTP dates; all of their three forms begin with the day's name.
  const atMs = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(atMs) ? null : Math.min(Math.max(atMs - nowMs, 0), DAY_MS);
}
