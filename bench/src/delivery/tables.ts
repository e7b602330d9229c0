import { table } from '../report/table.ts';
import { STATEMENTS, type Statements } from '../system/statements.ts';
import { beyond, boundOf, cpuTimes, type Found, shareOf } from './beside-bound.ts';
import type { CaseKind } from './cases.ts';
import { p50AndP99, type Percentiles } from './latencies.ts';

type Cell = string | number | undefined;

/** A column of a table: its head, and what it has of a case. */
type Column = readonly [head: string, cell: (found: Found, run: readonly Found[]) => Cell];

const name: Column = ['case', ({ benchCase }) => benchCase.name];
const database: Column = ['database', (found) => found.database];
const by: Column = ['by', ({ benchCase }) => benchCase.by];
const workers: Column = ['workers', ({ benchCase }) => benchCase.workers];
const endpoints: Column = ['endpoints', ({ benchCase }) => benchCase.endpoints];

const costs: readonly Column[] = [
  ['statements', ({ measured: { statementsEach } }) => statementsEach && sum(statementsEach).toFixed(2)],
  ['server CPU ms', ({ measured }) => measured.serverCpuMs?.toFixed(3)],
  ['database CPU ms', ({ measured }) => measured.databaseCpuMs?.toFixed(3)],
  ['CPU of bound', (found, run) => cpuTimes(boundOf(found, run), found.measured)],
];

const throughput: readonly Column[] = [
  name,
  database,
  by,
  workers,
  endpoints,
  ['per second', ({ measured }) => measured.perSecond?.toFixed(0)],
  ['of limit', ofLimit],
  ['of bound', (found, run) => shareOf(boundOf(found, run), found.measured)],
  ...costs,
];

const latency: readonly Column[] = [
  name,
  database,
  by,
  workers,
  endpoints,
  ['offered/s', ({ benchCase }) => benchCase.offeredPerSecond],
  ['call to ack ms', ({ measured }) => both(measured.latencies?.callToAck)],
  ['ack to receipt ms', ({ measured }) => both(measured.latencies?.ackToReceipt)],
  ['call to receipt ms', ({ measured }) => both(measured.latencies?.callToReceipt)],
  [
    'ack beyond bound',
    (found, run) => beyond(boundOf(found, run)?.latencies?.callToAck, found.measured.latencies?.callToAck),
  ],
  [
    'receipt beyond bound',
    (found, run) =>
      beyond(boundOf(found, run)?.latencies?.callToReceipt, found.measured.latencies?.callToReceipt),
  ],
  ...costs,
];

const alone: readonly Column[] = [
  name,
  database,
  by,
  ['start ms', ({ measured }) => measured.aloneMs?.['start']?.toFixed(2)],
  ['GET settings ms', ({ measured }) => measured.aloneMs?.['settings']?.toFixed(2)],
  ['/healthz ms', ({ measured }) => measured.aloneMs?.['health']?.toFixed(2)],
  ['start of bound', startOfBound],
];

const memory: readonly Column[] = [
  name,
  database,
  ['queued', ({ measured }) => measured.queued],
  ['server MB', ({ measured }) => measured.residentMb?.toFixed(0)],
];

const tables: readonly { title: string; kinds: readonly CaseKind[]; columns: readonly Column[] }[] = [
  { title: 'Throughput', kinds: ['limit', 'sustained'], columns: throughput },
  { title: 'Latency at a fixed rate, p50 / p99', kinds: ['latency'], columns: latency },
  { title: 'One call alone on an idle server, medians', kinds: ['alone'], columns: alone },
  { title: 'Memory while nothing can be delivered', kinds: ['queued'], columns: memory },
];

/** A table for each kind of case that the run has, and one of the statements by kind. */
export function tablesOf(run: readonly Found[]): string {
  const parts = tables.flatMap(({ title, kinds, columns }) => {
    const rows = run.filter(({ benchCase }) => kinds.includes(benchCase.kind));
    if (rows.length === 0) return [];
    const cells = rows.map((found) => columns.map(([, cell]) => cell(found, run)));
    return `${title}:\n\n${table(
      columns.map(([head]) => head),
      cells,
    )}`;
  });
  return [...parts, ...statementsTable(run)].join('\n\n');
}

function statementsTable(run: readonly Found[]): string[] {
  const rows = run.filter(({ measured }) => measured.statementsEach);
  if (rows.length === 0) return [];
  /** Without those that nothing here is made of. */
  const kinds = STATEMENTS.filter((kind) =>
    rows.some(({ measured }) => (measured.statementsEach?.[kind] ?? 0) > 0),
  );
  const cells = rows.map(({ benchCase, database: on, measured: { statementsEach } }) => [
    benchCase.name,
    on,
    ...kinds.map((kind) => statementsEach?.[kind].toFixed(3)),
  ]);
  return [`Statements for each delivery:\n\n${table(['case', 'database', ...kinds], cells)}`];
}

function ofLimit({ measured: { perSecond } }: Found, run: readonly Found[]): Cell {
  const limit = run.find(({ benchCase }) => benchCase.kind === 'limit')?.measured;
  return perSecond && shareOf(limit, { perSecond });
}

function startOfBound(found: Found, run: readonly Found[]): Cell {
  const [least, ours] = [boundOf(found, run)?.aloneMs?.['start'], found.measured.aloneMs?.['start']];
  return least && ours ? `${(ours / least).toFixed(1)} x` : undefined;
}

function sum(statements: Statements): number {
  return Object.values(statements).reduce((total, count) => total + count);
}

function both(percentiles: Percentiles | undefined): Cell {
  return percentiles && p50AndP99(percentiles);
}
