const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** `1,204` */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `99.9%`. Rounded down: one failure in a million is not a hundred percent. */
export function formatRate(rate: number): string {
  return percent.format(Math.floor(rate * 1_000) / 1_000);
}
