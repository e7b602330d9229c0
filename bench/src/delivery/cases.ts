import { latency, limit, type Measured, queued, type RunOptions, sustained } from './measure.ts';
import type { CaseOptions } from './subject.ts';

export interface BenchCase extends Partial<CaseOptions> {
  readonly name: string;
  /** Whether the quick form has it, too. */
  readonly quick?: boolean;
  /** Whether it is measured on each kind of database. */
  readonly onEach?: boolean;
  readonly run: (options: RunOptions) => Promise<Measured>;
}

const MANY = 10_000;

type Measure = (options: CaseOptions, run: RunOptions) => Promise<Measured>;

function benchCase(
  name: string,
  measure: Measure,
  { quick = false, ...given }: Partial<CaseOptions> & { quick?: boolean } = {},
): BenchCase {
  const options: CaseOptions = { workers: 1, endpoints: 1, by: 'REST', offeredPerSecond: 500, ...given };
  const onEach = options.by !== 'BullMQ';
  return { name, quick, onEach, ...options, run: (run) => measure(options, run) };
}

/** Every case, in the order of the table. */
export const cases: readonly BenchCase[] = [
  { name: 'limit', quick: true, run: limit },
  benchCase('sustained-rest', sustained, { quick: true }),
  benchCase('sustained-trpc', sustained, { by: 'tRPC', quick: true }),
  benchCase('sustained-bullmq', sustained, { by: 'BullMQ' }),
  benchCase('sustained-agenda', sustained, { by: 'agenda' }),
  benchCase('sustained-trpc-2-workers', sustained, { by: 'tRPC', workers: 2 }),
  benchCase('sustained-trpc-4-workers', sustained, { by: 'tRPC', workers: 4 }),
  benchCase('sustained-rest-10k-endpoints', sustained, { endpoints: MANY }),
  benchCase('sustained-trpc-10k-endpoints', sustained, { by: 'tRPC', endpoints: MANY }),
  benchCase('latency', latency, { quick: true }),
  benchCase('latency-bullmq', latency, { by: 'BullMQ' }),
  benchCase('latency-agenda', latency, { by: 'agenda' }),
  benchCase('latency-1000', latency, { offeredPerSecond: 1_000 }),
  benchCase('latency-1000-bullmq', latency, { by: 'BullMQ', offeredPerSecond: 1_000 }),
  benchCase('latency-2-workers', latency, { workers: 2 }),
  benchCase('latency-4-workers', latency, { workers: 4 }),
  benchCase('latency-10k-endpoints', latency, { endpoints: MANY }),
  benchCase('queued', queued, { by: 'tRPC', quick: true }),
];
