/**
 * What a number of nodes does, needs and keeps waiting, by a model whose constants were measured (measured.ts) or are
 * named assumptions (plan.ts). The same seed gives the same tables.
 *
 *     npm run simulate
 *     npm run simulate -- --seed 7
 *     npm run simulate -- --measure 10000     # measures the constants again, with so many candidates
 *     npm run simulate -- --measure 100 --database mongod
 */
import { parseArgs } from 'node:util';
import { assumptions } from './plan.ts';
import { planTable, searchTable, waitTable } from './tables.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    measure: { type: 'string' },
    database: { type: 'string', default: 'embedded' },
  },
});
const seed = Number(values.seed);

if (values.measure === undefined) {
  console.log(`seed ${seed}; taken to be so: ${JSON.stringify(assumptions)}\n`);
  console.log([planTable(seed), waitTable(seed), searchTable(seed)].join('\n\n'));
} else {
  // Here only: the model needs no server.
  const [{ measure }, { parseDatabases }] = await Promise.all([
    import('./measure.ts'),
    import('../system/bench-database.ts'),
  ]);
  const [kind] = parseDatabases(values.database);
  console.log(JSON.stringify(await measure(Number(values.measure), kind), null, 2));
}
