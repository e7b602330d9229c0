import { parseArgs } from 'node:util';
import { machine, resultsDirectory, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { type BenchCase, cases } from './cases.ts';
import { STATEMENTS, type Statements } from '../system/statements.ts';
import type { Measured } from './measure.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});

const wanted = values.only?.flatMap((names) => names.split(','));
const chosen = cases.filter(({ name, quick }) =>
  wanted ? wanted.includes(name) : !values.quick || quick === true,
);
if (chosen.length === 0)
  throw new Error(`no such case; there are ${cases.map(({ name }) => name).join(', ')}`);

const where = machine();
const found: { benchCase: BenchCase; measured: Measured }[] = [];
for (const benchCase of chosen) {
  process.stderr.write(`${benchCase.name} …\n`);
  const profileTo = values.profile ? `${resultsDirectory}${benchCase.name}` : undefined;
  found.push({ benchCase, measured: await benchCase.run({ quick: values.quick, profileTo }) });
}

const limitPerSecond = found.find(({ benchCase }) => benchCase.name === 'limit')?.measured.perSecond;
const sum = (statements: Statements) => Object.values(statements).reduce((total, count) => total + count);
/** Without those that nothing here is made of. */
const kinds = STATEMENTS.filter((kind) =>
  found.some(({ measured }) => (measured.statementsEach?.[kind] ?? 0) > 0),
);
const columns = [
  'case',
  'by',
  'workers',
  'endpoints',
  'per second',
  'of limit',
  'p50 ms',
  'p99 ms',
  'statements',
  'server CPU ms',
  'database CPU ms',
  'MB',
];
const rows = found.map(({ benchCase: { name, by, workers, endpoints }, measured }) => {
  const { perSecond, p50Ms, p99Ms, statementsEach, serverCpuMs, databaseCpuMs, residentMb } = measured;
  const share = limitPerSecond && perSecond && (100 * perSecond) / limitPerSecond;
  return [
    name,
    by,
    workers,
    endpoints,
    perSecond?.toFixed(0),
    share && `${share.toFixed(0)} %`,
    p50Ms?.toFixed(1),
    p99Ms?.toFixed(1),
    statementsEach && sum(statementsEach).toFixed(2),
    serverCpuMs?.toFixed(3),
    databaseCpuMs?.toFixed(3),
    residentMb?.toFixed(0),
  ];
});
console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}\n`);
console.log(table(columns, rows));
const kindRows = found.flatMap(({ benchCase: { name }, measured: { statementsEach } }) =>
  statementsEach ? [[name, ...kinds.map((kind) => statementsEach[kind].toFixed(3))]] : [],
);
if (kindRows.length > 0)
  console.log(`\nStatements for each delivery:\n\n${table(['case', ...kinds], kindRows)}`);
const results = found.map(({ benchCase: { name, by, workers, endpoints }, measured }) => ({
  name,
  by,
  workers,
  endpoints,
  ...measured,
}));
console.log(`\n${await saveResults('delivery', { machine: where, quick: values.quick, results })}`);
