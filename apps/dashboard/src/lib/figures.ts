const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const seconds = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const SECOND_MS = 1_000;

/** `1,204` */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `99.9%`. Rounded down: one failure in a million is not a hundred percent. */
export function formatRate(rate: number): string {
  return percent.format(Math.floor(rate * 1_000) / 1_000);
}

/** `84 ms`, `0.4 ms`, `1.25 s` */
export function formatMs(ms: number): string {
  if (ms >= SECOND_MS) return `${seconds.format(ms / SECOND_MS)} s`;
  return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
}
