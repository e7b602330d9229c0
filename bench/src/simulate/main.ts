/**
 * What a number of nodes does, needs and keeps waiting, by a model whose constants were measured (measured.ts) or are
 * named assumptions (plan.ts). The same seed gives the same tables.
 *
 *     npm run simulate
 *     npm run simulate -- --seed 7
 *     npm run simulate -- --measure 10000     # measures the constants again, with so many candidates
 */
import { parseArgs } from 'node:util';
import { table } from '../report/table.ts';
import { costs, sizes } from './measured.ts';
import { assumptions, plan } from './plan.ts';
import { simulateQueue, summary } from './queue.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, measure: { type: 'string' } },
});
const seed = Number(values.seed);

const NODES = [1, 3, 10, 30, 100, 300, 1000];
const UTILISATIONS = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
const EVENTS = 400_000;

const terabytes = (bytes: number) => (bytes / 1e12).toFixed(1);
const rounded = (value: number) => Math.round(value).toLocaleString('en');

function planTable(): string {
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

function waitTable(): string {
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

if (values.measure === undefined) {
  console.log(`seed ${seed}; taken to be so: ${JSON.stringify(assumptions)}\n`);
  console.log(`${planTable()}\n\n${waitTable()}`);
} else {
  // Here only: the model needs no server.
  const { measure } = await import('./measure.ts');
  console.log(JSON.stringify(await measure(Number(values.measure)), null, 2));
}
