import { alone } from './alone.ts';
import { latency, limit, type Measured, queued, type RunOptions, sustained } from './measure.ts';
import { isOnMongo, isPeer } from './peers/peer.ts';
import type { CaseOptions } from './subject.ts';

export type CaseKind = 'limit' | 'sustained' | 'latency' | 'alone' | 'queued';

export interface BenchCase extends Partial<CaseOptions> {
  readonly name: string;
  readonly kind: CaseKind;
  /** Whether the quick form has it, too. */
  readonly quick: boolean;
  /** Whether it is measured on each kind of database. */
  readonly onEach: boolean;
  readonly run: (options: RunOptions) => Promise<Measured>;
}

const MANY = 10_000;

const measures = { sustained, latency, alone, queued };

function benchCase(
  name: string,
  kind: keyof typeof measures,
  { quick = false, ...given }: Partial<CaseOptions> & { quick?: boolean } = {},
): BenchCase {
  const options: CaseOptions = { workers: 1, endpoints: 1, by: 'REST', offeredPerSecond: 500, ...given };
  const onEach = !isPeer(options.by) || isOnMongo(options.by);
  return { name, kind, quick, onEach, ...options, run: (run) => measures[kind](options, run) };
}

/** The events a second that are offered, each with what is compared with us there. */
const offered = [200, 500, 1_000].flatMap((offeredPerSecond) => {
  const name = `latency-${offeredPerSecond}`;
  const isMiddle = offeredPerSecond === 500;
  return [
    benchCase(`${name}-bound`, 'latency', { by: 'bound', offeredPerSecond, quick: isMiddle }),
    benchCase(name, 'latency', { offeredPerSecond, quick: isMiddle }),
    benchCase(`${name}-bullmq-log`, 'latency', { by: 'BullMQ + log', offeredPerSecond }),
    benchCase(`${name}-bullmq`, 'latency', { by: 'BullMQ', offeredPerSecond }),
    ...(isMiddle ? [benchCase(`${name}-agenda`, 'latency', { by: 'agenda', offeredPerSecond })] : []),
  ];
});

/** Every case, in the order of the tables: what is compared stands together, for the machine's speed changes by the hour. */
export const cases: readonly BenchCase[] = [
  { name: 'limit', kind: 'limit', quick: true, onEach: false, run: limit },
  benchCase('sustained-bound', 'sustained', { by: 'bound', quick: true }),
  benchCase('sustained-rest', 'sustained', { quick: true }),
  benchCase('sustained-bullmq-log', 'sustained', { by: 'BullMQ + log' }),
  benchCase('sustained-bound-batched', 'sustained', { by: 'bound, batched', quick: true }),
  benchCase('sustained-trpc', 'sustained', { by: 'tRPC', quick: true }),
  benchCase('sustained-bullmq', 'sustained', { by: 'BullMQ' }),
  benchCase('sustained-agenda', 'sustained', { by: 'agenda' }),
  benchCase('sustained-trpc-2-workers', 'sustained', { by: 'tRPC', workers: 2 }),
  benchCase('sustained-trpc-4-workers', 'sustained', { by: 'tRPC', workers: 4 }),
  benchCase('sustained-rest-10k-endpoints', 'sustained', { endpoints: MANY }),
  benchCase('sustained-trpc-10k-endpoints', 'sustained', { by: 'tRPC', endpoints: MANY }),
  ...offered,
  benchCase('latency-2-workers', 'latency', { workers: 2 }),
  benchCase('latency-4-workers', 'latency', { workers: 4 }),
  benchCase('latency-10k-endpoints', 'latency', { endpoints: MANY }),
  benchCase('alone-bound', 'alone', { by: 'bound', offeredPerSecond: 200 }),
  benchCase('alone', 'alone', { offeredPerSecond: 200, quick: true }),
  benchCase('alone-bullmq-log', 'alone', { by: 'BullMQ + log', offeredPerSecond: 200 }),
  benchCase('queued', 'queued', { by: 'tRPC', quick: true }),
];
