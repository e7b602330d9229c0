/** `pnpm faults`, and what `npm test` runs of the same. */
export const forms = {
  long: { events: 10_000, forMs: 120_000 },
  short: { events: 600, forMs: 14_000 },
};
