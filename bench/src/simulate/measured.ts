import type { Measured } from './measure.ts';

type Sizes = Omit<Measured, 'searchCpuMs'>;

/** As `npm run simulate -- --measure` found it with 10,000 candidates; `simulate.test.ts` holds the documents' sizes to it. */
export const sizes: Sizes = {
  responses: { documents: 10_000, documentBytes: 1556, storedBytes: 1615, indexBytes: 606 },
  // With the log of its first attempt.
  deliveries: { documents: 20_000, documentBytes: 2496, storedBytes: 2624, indexBytes: 322 },
  journalBytes: 6486,
  commitMs: { one: 1, hundred: 4.62 },
};

/** A further attempt is a document of its own. As measured when every attempt was. */
export const furtherAttempt = { documentBytes: 999, indexBytes: 93 };

/** The rows "latency-500" and "sustained-rest" of docs/benchmarks.md. */
export const costs = {
  /** At this rate the following was measured, so this is what a node is given at its busiest. */
  perSecond: 500,
  serverCpuMs: 1.815,
  databaseCpuMs: 1.568,
  statements: 2.44,
  /** Of a mongod 6.0, for one question for what is due where nothing is: `-- --measure 100 --database mongod`. */
  searchCpuMs: 0.29,
  /** What one thread takes when it has all it can do: batches are large then. */
  saturatedServerCpuMs: 0.747,
};
