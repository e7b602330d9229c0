import type { DatabaseKind } from '../system/bench-database.ts';
import type { BenchCase } from './cases.ts';
import type { Percentiles } from './latencies.ts';
import type { Measured } from './measure.ts';

/** What a case has found, on one kind of database; a case without MongoDB has none. */
export interface Found {
  readonly benchCase: Omit<BenchCase, 'run'>;
  readonly database: DatabaseKind | undefined;
  readonly measured: Measured;
}

/**
 * What the least that can be done took in the same run: called in the same way, at the same rate, on the same kind of
 * database. The bound itself, and what is on no such database, is beside nothing.
 */
export function boundOf({ benchCase, database }: Found, run: readonly Found[]): Measured | undefined {
  const { kind, by, offeredPerSecond } = benchCase;
  const bound = by === 'tRPC' ? 'bound, batched' : 'bound';
  if (by === undefined || by.startsWith('bound') || database === undefined) return undefined;
  return run.find(
    (other) =>
      other.benchCase.kind === kind &&
      other.benchCase.by === bound &&
      other.database === database &&
      (kind === 'sustained' || other.benchCase.offeredPerSecond === offeredPerSecond),
  )?.measured;
}

/** `37 %` of what the bound delivers. */
export function shareOf(bound: Measured | undefined, { perSecond }: Measured): string | undefined {
  if (!bound?.perSecond || !perSecond) return undefined;
  return `${((100 * perSecond) / bound.perSecond).toFixed(0)} %`;
}

/** `1.5 x` the CPU time of the bound, server and database together. */
export function cpuTimes(bound: Measured | undefined, measured: Measured): string | undefined {
  const cpuMs = ({ serverCpuMs, databaseCpuMs }: Measured) =>
    serverCpuMs === undefined || databaseCpuMs === undefined ? undefined : serverCpuMs + databaseCpuMs;
  const [least, ours] = [bound && cpuMs(bound), cpuMs(measured)];
  return least && ours ? `${(ours / least).toFixed(1)} x` : undefined;
}

/** `+1.5 ms / 1.4 x`: what the median adds to the bound's, and how many times its p99 the p99 is. */
export function beyond(bound: Percentiles | undefined, ours: Percentiles | undefined): string | undefined {
  if (!bound || !ours) return undefined;
  const moreMs = ours.p50Ms - bound.p50Ms;
  return `${moreMs < 0 ? '' : '+'}${moreMs.toFixed(1)} ms / ${(ours.p99Ms / bound.p99Ms).toFixed(1)} x`;
}
