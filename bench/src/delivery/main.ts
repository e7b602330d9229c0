/**
 * Measures throughput and latency of the built system, beside the least that can be done on the same database (`bound`) and
 * beside what others would send webhooks with, all within one run.
 *
 *     npm run bench:delivery [-- --quick] [--only limit,latency-500] [--databases embedded,mongod] [--profile]
 */
import { parseArgs } from 'node:util';
import { machine, resultsDirectory, saveResults } from '../report/results.ts';
import { parseDatabases } from '../system/bench-database.ts';
import type { Found } from './beside-bound.ts';
import { cases } from './cases.ts';
import { tablesOf } from './tables.ts';

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
const chosen = cases.filter(({ name, quick }) => (wanted ? wanted.includes(name) : !values.quick || quick));
if (chosen.length === 0)
  throw new Error(`no such case; there are ${cases.map(({ name }) => name).join(', ')}`);

const where = machine();
const found: Found[] = [];
// In turn within a case: the machine's mood is the same for all of them.
for (const benchCase of chosen) {
  for (const databaseKind of benchCase.onEach ? databases : databases.slice(0, 1)) {
    process.stderr.write(`${benchCase.name}, ${databaseKind} …\n`);
    const profileTo = values.profile ? `${resultsDirectory}${benchCase.name}-${databaseKind}` : undefined;
    const measured = await benchCase.run({ quick: values.quick, profileTo, databaseKind });
    found.push({ benchCase, database: benchCase.onEach ? databaseKind : undefined, measured });
  }
}

console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}\n`);
console.log(tablesOf(found));
const results = found.map(
  ({ benchCase: { name, by, workers, endpoints, offeredPerSecond }, database, measured }) => ({
    name,
    database,
    by,
    workers,
    endpoints,
    offeredPerSecond,
    ...measured,
  }),
);
console.log(`\n${await saveResults('delivery', { machine: where, quick: values.quick, results })}`);
