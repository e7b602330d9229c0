/** Each step of the scale is so much wider than the one before; no figure is off by more than half of that. */
const GROWTH = 1.15;
/** Where the scale begins. Nothing over a network is faster. */
const FIRST_MS = 0.1;

/** How many answers took how long, by the step of the scale. */
export type ResponseTimes = Readonly<Record<string, number>>;

/** The step of a logarithmic scale that `ms` is on. So few steps hold milliseconds and minutes alike. */
export function stepOf(ms: number): number {
  return Math.max(0, Math.ceil(Math.log(ms / FIRST_MS) / Math.log(GROWTH)));
}

/** The time that a step stands for: of those on it, the one that is off by the smallest part either way. */
function timeAt(step: number): number {
  return (FIRST_MS * 2 * GROWTH ** step) / (GROWTH + 1);
}

/**
 * The time within which `part` of all answers came, in milliseconds, to a tenth.
 *
 * @param part from 0 to 1
 * @returns null where there are none
 */
export function quantile(times: ResponseTimes, part: number): number | null {
  const steps = Object.entries(times)
    .map(([step, count]) => ({ step: Number(step), count }))
    .sort((one, other) => one.step - other.step);
  const rank = part * (countOf(times) - 1);
  let passed = 0;
  for (const { step, count } of steps) {
    passed += count;
    if (count > 0 && passed > rank) return Math.round(timeAt(step) * 10) / 10;
  }
  return null;
}

/** How many answers there are. */
export function countOf(times: ResponseTimes): number {
  return Object.values(times).reduce((sum, count) => sum + count, 0);
}
