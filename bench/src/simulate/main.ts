/**
 * What a number of nodes does, needs and keeps waiting, by a model whose constants were measured (measured.ts) or are
 * named assumptions (plan.ts). The same seed gives the same tables.
 *
 *     npm run simulate
 *     npm run simulate -- --seed 7
 *     npm run simulate -- --measure 10000     # measures the constants again, with so many candidates
 */
import { parseArgs } from 'node:util';
import { assumptions } from './plan.ts';
import { planTable, waitTable } from './tables.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, measure: { type: 'string' } },
});
const seed = Number(values.seed);

if (values.measure === undefined) {
  console.log(`seed ${seed}; taken to be so: ${JSON.stringify(assumptions)}\n`);
  console.log(`${planTable(seed)}\n\n${waitTable(seed)}`);
} else {
  // Here only: the model needs no server.
  const { measure } = await import('./measure.ts');
  console.log(JSON.stringify(await measure(Number(values.measure)), null, 2));
}
