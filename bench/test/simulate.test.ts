import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { sizes } from '../src/simulate/measured.ts';
import { measure } from '../src/simulate/measure.ts';
import { plan } from '../src/simulate/plan.ts';
import { simulateQueue, summary } from '../src/simulate/queue.ts';
import { planTable, searchTable, waitTable } from '../src/simulate/tables.ts';

const queue = { events: 400_000, threadMs: 1, commitMs: () => 0, seed: 5 };

it.each([0.3, 0.7, 0.9])(
  'at %d utilisation the thread keeps waiting as theory has it (M/M/1)',
  (utilisation) => {
    const { threadMs } = simulateQueue({ ...queue, perSecond: utilisation * 1000 });
    const mean = threadMs.reduce((sum, wait) => sum + wait, 0) / threadMs.length;
    const theory = 1 / (1 - utilisation);
    expect(Math.abs(mean / theory - 1)).toBeLessThan(0.05);
  },
);

it('a group commit takes along what waits: it adds two of its times at most, however much comes', () => {
  const waits = simulateQueue({ ...queue, threadMs: 0.001, perSecond: 50_000, commitMs: () => 10 });
  expect(waits.totalMs.filter((wait) => wait > 20.1)).toEqual([]);
  expect(summary(waits.totalMs).p50Ms).toBeGreaterThan(10);
});

it('the same seed gives the same figures, another one others', () => {
  const waits = (seed: number) => simulateQueue({ ...queue, events: 100, perSecond: 500, seed });
  expect(waits(1)).toEqual(waits(1));
  expect(waits(1)).not.toEqual(waits(2));
  expect(plan(100, 1)).toEqual(plan(100, 1));
});

it('what is stored grows with the nodes, and so do the replica sets', () => {
  const [ten, hundred] = [plan(10, 1), plan(100, 1)];
  expect(hundred.dataBytes / ten.dataBytes).toBeCloseTo(10);
  expect(hundred.shardsForStorage).toBeGreaterThan(ten.shardsForStorage);
  expect(hundred.shardsForStorage).toBeGreaterThan(hundred.shardsForCpu);
});

it('the search for work costs a shard of a cluster more with every node, and a cell no more', () => {
  const [ten, hundred] = [plan(10, 1).search, plan(100, 1).search];
  expect(hundred.perSecondInCluster / ten.perSecondInCluster).toBeCloseTo(10);
  expect(hundred.perSecondInCells / ten.perSecondInCells).toBeCloseTo(1, 0);
  expect(hundred.shareInCluster).toBeCloseTo(10 * ten.shareInCluster);
});

it('docs/scaling.md has the tables that npm run simulate prints', async () => {
  const text = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
  expect(text).toContain(planTable(1));
  expect(text).toContain(waitTable(1));
  expect(text).toContain(searchTable(1));
});

it('the sizes of the model are those of real documents', { timeout: 120_000 }, async () => {
  const measured = await measure(50);
  for (const name of ['responses', 'deliveries'] as const) {
    const ratio = measured[name].documentBytes / sizes[name].documentBytes;
    expect(Math.abs(ratio - 1), `${name}: ${measured[name].documentBytes} bytes`).toBeLessThan(0.1);
  }
});
