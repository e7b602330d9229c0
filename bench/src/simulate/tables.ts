import { table } from '../report/table.ts';
import { costs, sizes } from './measured.ts';
import { plan } from './plan.ts';
import { simulateQueue, summary } from './queue.ts';

const NODES = [1, 3, 10, 30, 100, 300, 1000];
const UTILISATIONS = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
const EVENTS = 400_000;

const terabytes = (bytes: number) => (bytes / 1e12).toFixed(1);
const rounded = (value: number) => Math.round(value).toLocaleString('en');

/** What so many nodes need of the database. */
export function planTable(seed: number): string {
  const columns = [
    'nodes',
    'deliveries/s',
    'M documents/day',
    'data TB',
    'index TB',
    'shards (CPU)',
    'shards (storage)',
    'statements/s each',
    'journal MB/s each',
    'hottest/average',
  ];
  const rows = NODES.map((nodes) => {
    const needs = plan(nodes, seed);
    return [
      nodes,
      rounded(needs.peakPerSecond),
      rounded(needs.documentsPerDay / 1e6),
      terabytes(needs.dataBytes),
      terabytes(needs.indexBytes),
      needs.shardsForCpu,
      needs.shardsForStorage,
      rounded(needs.statementsPerSecondEach),
      (needs.journalBytesPerSecondEach / 1e6).toFixed(1),
      needs.hottest.toFixed(1),
    ];
  });
  return table(columns, rows);
}

/** What the search for work costs where it goes to one replica set, and where it goes to every shard. */
export function searchTable(seed: number): string {
  const columns = [
    'nodes',
    'shards',
    'cells: searches/s each',
    'cluster: searches/s each',
    'in all',
    "of a shard's CPU",
    'documents read for one claimed',
  ];
  const rows = NODES.map((nodes) => {
    const { search, shardsForCpu, shardsForStorage } = plan(nodes, seed);
    const shards = Math.max(shardsForCpu, shardsForStorage);
    return [
      nodes,
      shards,
      search.perSecondInCells.toFixed(1),
      rounded(search.perSecondInCluster),
      rounded(search.perSecondInCluster * shards),
      `${(100 * search.shareInCluster).toFixed(1)} %`,
      // With a backlog on all of them: each gives as many as are wanted in all.
      `up to ${shards}`,
    ];
  });
  return table(columns, rows);
}

/** How long events wait in a node that is so busy. */
export function waitTable(seed: number): string {
  const { one, hundred } = sizes.commitMs;
  const eachMs = (hundred - one) / 99;
  const threadMs = costs.saturatedServerCpuMs;
  const rows = UTILISATIONS.map((utilisation) => {
    const perSecond = (utilisation * 1000) / threadMs;
    const commitMs = (count: number) => one + eachMs * (count - 1);
    const waits = simulateQueue({ perSecond, events: EVENTS, threadMs, commitMs, seed });
    const { p50Ms, p99Ms } = summary(waits.totalMs);
    return [`${utilisation * 100} %`, rounded(perSecond), p50Ms.toFixed(1), p99Ms.toFixed(1)];
  });
  return table(['thread busy', 'events/s', 'wait p50 ms', 'wait p99 ms'], rows);
}
