/** `pnpm faults`, and what `npm test` runs of the same. */
export const forms = {
  long: { events: 10_000, forMs: 120_000 },
  short: { events: 600, forMs: 14_000 },
};

/**
 * The same for a replica set. MongoDB's own time until an election is 10 s, and until a member that is stopped ends 15 s; the short
 * form has shorter ones, and says so.
 */
export const replicaSetForms = {
  long: { electionTimeoutMs: 10_000, quiesceMs: 15_000, frozenMs: 30_000, perSecond: 25, candidates: 9_000 },
  short: { electionTimeoutMs: 2_000, quiesceMs: 1_000, frozenMs: 5_000, perSecond: 15, candidates: 1_200 },
};
