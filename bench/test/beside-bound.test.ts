import { expect, it } from 'vitest';
import { beyond, boundOf, cpuTimes, type Found, shareOf } from '../src/delivery/beside-bound.ts';
import type { Measured } from '../src/delivery/measure.ts';
import { tablesOf } from '../src/delivery/tables.ts';

type Case = Pick<Found['benchCase'], 'name' | 'kind' | 'by'> & { offeredPerSecond?: number };

function found(benchCase: Case, measured: Measured, database: Found['database'] = 'mongod'): Found {
  return { benchCase: { quick: false, onEach: true, ...benchCase }, database, measured };
}

const bound = found({ name: 'sustained-bound', kind: 'sustained', by: 'bound' }, { perSecond: 2_000 });
const batched = found(
  { name: 'sustained-bound-batched', kind: 'sustained', by: 'bound, batched' },
  { perSecond: 4_000 },
);
const embedded = found(bound.benchCase, { perSecond: 1_400 }, 'embedded');
const rest = found({ name: 'sustained-rest', kind: 'sustained', by: 'REST' }, { perSecond: 1_000 });
const trpc = found({ name: 'sustained-trpc', kind: 'sustained', by: 'tRPC' }, { perSecond: 1_000 });
const run = [embedded, bound, batched, rest, trpc];

it('a case is compared with the bound that was called as it was, on the same kind of database', () => {
  expect(boundOf(rest, run)).toBe(bound.measured);
  expect(boundOf(trpc, run)).toBe(batched.measured);
  expect(boundOf(found(rest.benchCase, {}, 'embedded'), run)).toBe(embedded.measured);
  expect(boundOf(found(rest.benchCase, {}, 'replica-set'), run)).toBeUndefined();
});

it('neither the bound itself nor what has no such database is compared with it', () => {
  expect(boundOf(bound, run)).toBeUndefined();
  expect(boundOf({ ...rest, database: undefined }, run)).toBeUndefined();
});

it('a latency is compared with the bound at the same rate', () => {
  const at = (by: Case['by'], offeredPerSecond: number) =>
    found({ name: `latency-${offeredPerSecond}`, kind: 'latency', by, offeredPerSecond }, {});
  const [slow, quick] = [at('bound', 200), at('bound', 500)];
  expect(boundOf(at('REST', 500), [slow, quick])).toBe(quick.measured);
  expect(boundOf(at('REST', 1_000), [slow, quick])).toBeUndefined();
});

it('says how much of the rate, how many times the CPU time, and how much longer', () => {
  expect(shareOf({ perSecond: 2_000 }, { perSecond: 1_300 })).toBe('65 %');
  expect(shareOf(undefined, { perSecond: 1_300 })).toBeUndefined();
  const cpu = (serverCpuMs: number, databaseCpuMs?: number) => ({ serverCpuMs, databaseCpuMs });
  expect(cpuTimes(cpu(0.3, 0.2), cpu(0.5, 0.25))).toBe('1.5 x');
  expect(cpuTimes(cpu(0.3, 0.2), cpu(0.5))).toBeUndefined();
  expect(beyond({ p50Ms: 2, p99Ms: 30 }, { p50Ms: 3.5, p99Ms: 45 })).toBe('+1.5 ms / 1.5 x');
  expect(beyond({ p50Ms: 2, p99Ms: 30 }, { p50Ms: 1, p99Ms: 15 })).toBe('-1.0 ms / 0.5 x');
});

it('the tables have a line for each case, and only those that the run has', () => {
  const limit = found({ name: 'limit', kind: 'limit', by: undefined }, { perSecond: 10_000 });
  const text = tablesOf([{ ...limit, database: undefined }, ...run]);
  expect(text).toMatch(/^Throughput:\n\ncase +database +by /);
  expect(text).toMatch(/\nsustained-rest +mongod +REST +1000 +10 % +50 %/);
  expect(text).toMatch(/\nsustained-trpc +mongod +tRPC +1000 +10 % +25 %/);
  expect(text).not.toMatch(/Latency|alone|Memory|Statements/);
});
