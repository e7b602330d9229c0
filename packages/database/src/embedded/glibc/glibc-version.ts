/** What the native engine's binary was linked against. */
export const REQUIRED_GLIBC = '2.38';

/** @returns e.g. `2.36`, or `undefined` where the C library is another one (macOS, musl) */
export function runtimeGlibc(): string | undefined {
  // The report is untyped; its header has this field on glibc systems only.
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime;
}

/** Compares two versions such as `2.9` and `2.38` number by number. */
export function isOlderVersion(version: string, required: string): boolean {
  const [left, right] = [version, required].map((text) => text.split('.').map(Number));
  if (left === undefined || right === undefined) return false;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
