import { parseArgs } from 'node:util';
import { machine, resultsDirectory, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { type DatabaseKind, parseDatabases } from '../system/bench-database.ts';
import { type BenchCase, cases } from './cases.ts';
import { STATEMENTS, type Statements } from '../system/statements.ts';
import type { Measured } from './measure.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    /** Kinds, with commas between them; each case is measured on one after the other. */
    databases: { type: 'string', default: 'embedded' },
  },
});
const databases = parseDatabases(values.databases);

const wanted = values.only?.flatMap((names) => names.split(','));
const chosen = cases.filter(({ name, quick }) =>
  wanted ? wanted.includes(name) : !values.quick || quick === true,
);
if (chosen.length === 0)
  throw new Error(`no such case; there are ${cases.map(({ name }) => name).join(', ')}`);

const where = machine();
const found: { benchCase: BenchCase; database: DatabaseKind | undefined; measured: Measured }[] = [];
// In turn within a case: the machine's mood is the same for all of them.
for (const benchCase of chosen) {
  for (const databaseKind of benchCase.onEach ? databases : databases.slice(0, 1)) {
    process.stderr.write(`${benchCase.name}, ${databaseKind} …\n`);
    const profileTo = values.profile ? `${resultsDirectory}${benchCase.name}-${databaseKind}` : undefined;
    const measured = await benchCase.run({ quick: values.quick, profileTo, databaseKind });
    found.push({ benchCase, database: benchCase.onEach ? databaseKind : undefined, measured });
  }
}

const limitPerSecond = found.find(({ benchCase }) => benchCase.name === 'limit')?.measured.perSecond;
const sum = (statements: Statements) => Object.values(statements).reduce((total, count) => total + count);
/** Without those that nothing here is made of. */
const kinds = STATEMENTS.filter((kind) =>
  found.some(({ measured }) => (measured.statementsEach?.[kind] ?? 0) > 0),
);
const columns = [
  'case',
  'database',
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
const rows = found.map(({ benchCase: { name, by, workers, endpoints }, database, measured }) => {
  const { perSecond, p50Ms, p99Ms, statementsEach, serverCpuMs, databaseCpuMs, residentMb } = measured;
  const share = limitPerSecond && perSecond && (100 * perSecond) / limitPerSecond;
  return [
    name,
    database,
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
const kindRows = found.flatMap(({ benchCase: { name }, database, measured: { statementsEach } }) =>
  statementsEach ? [[name, database, ...kinds.map((kind) => statementsEach[kind].toFixed(3))]] : [],
);
if (kindRows.length > 0)
  console.log(`\nStatements for each delivery:\n\n${table(['case', 'database', ...kinds], kindRows)}`);
const results = found.map(({ benchCase: { name, by, workers, endpoints }, database, measured }) => ({
  name,
  database,
  by,
  workers,
  endpoints,
  ...measured,
}));
console.log(`\n${await saveResults('delivery', { machine: where, quick: values.quick, results })}`);
