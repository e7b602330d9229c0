/**
 * Measures `updateAll` with ever more AI interviews, beside the direct way of writing the settings into each of them, and
 * what it leaves for later reads.
 *
 *     npm run bench:update-all [-- --interviews 100,10000]
 */
import type { AiInterviewDocument } from '@interview-webhooks/database';
import { ObjectId } from '@interview-webhooks/database';
import { MongoClient } from 'mongodb';
import { parseArgs } from 'node:util';
import { percentile } from '../report/percentile.ts';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { type Stack, startStack } from '../system/stack.ts';

const { values } = parseArgs({
  options: { interviews: { type: 'string', default: '100,10000,1000000' } },
});
const counts = values.interviews.split(',').map(Number);
const SETTINGS = '/ai-interviews/settings/webhooks';
const TIMES = 200;
const CHUNK = 10_000;

interface Found {
  interviews: number;
  updateAllMs: number[];
  /** The direct way; it takes long, so it is taken once or a few times. */
  updateManyMs: number[];
  /** Reading the effective settings of one AI interview, before anything was applied to all, and afterwards. */
  readsBeforeMs: number[];
  readsAfterMs: number[];
}

async function measure(interviews: number): Promise<Found> {
  await using stack = await startStack({ workers: 1 });
  const ids = await seed(stack, interviews);
  const readOne = (n: number) => stack.server.rest('GET', `${SETTINGS}/${ids[(n * 7919) % ids.length]}`);
  await timed(TIMES, readOne);
  const readsBeforeMs = await timed(TIMES, readOne);
  const updateAllMs = await timed(TIMES, (n) =>
    stack.server.rest('POST', SETTINGS, { ...webhooks(n), updateAll: true }),
  );
  const readsAfterMs = await timed(TIMES, readOne);
  // The system itself gives no statement as long as this one takes.
  await using patient = await new MongoClient(stack.databaseUri).connect();
  const { name } = stack.database.aiInterviews.collection;
  const collection = patient.db(stack.databaseName).collection(name);
  const times = interviews > CHUNK ? 1 : 5;
  const updateManyMs = await timed(times, (n) =>
    collection.updateMany({}, { $set: { direct: webhooks(n).webhooks } }, journaled),
  );
  return { interviews, updateAllMs, updateManyMs, readsBeforeMs, readsAfterMs };
}

const journaled = { writeConcern: { w: 1, journal: true } } as const;

/** To an address, not to a name: what is measured is not the name server. */
function webhooks(n: number) {
  return { webhooks: { start: { status: true, url: `https://203.0.114.1/webhook/start/${n}` } } };
}

async function seed({ server, database }: Stack, count: number): Promise<string[]> {
  await server.rest('POST', SETTINGS, webhooks(-1));
  await server.rest('POST', '/ai-interviews', { ai_interview_name: 'First' });
  const first: AiInterviewDocument = await database.aiInterviews.findOne().orFail().lean();
  const ids = [first._id.toHexString()];
  while (ids.length < count) {
    const chunk = Array.from({ length: Math.min(CHUNK, count - ids.length) }, () => ({
      ...first,
      _id: new ObjectId(),
    }));
    await database.direct.aiInterviews.insertMany(chunk);
    ids.push(...chunk.map(({ _id }) => _id.toHexString()));
  }
  return ids;
}

/** How long each of so many calls took, one after the other. */
async function timed(times: number, call: (n: number) => Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await call(n);
    tookMs.push(performance.now() - began);
  }
  return tookMs;
}

const where = machine();
const found: Found[] = [];
for (const interviews of counts) {
  process.stderr.write(`${interviews.toLocaleString('en')} AI interviews …\n`);
  found.push(await measure(interviews));
}
const median = (times: readonly number[]) => percentile(times, 0.5);
const both = (times: readonly number[]) =>
  `${median(times).toFixed(1)} / ${percentile(times, 0.99).toFixed(1)}`;
const rows = found.map(({ interviews, updateAllMs, updateManyMs, readsBeforeMs, readsAfterMs }) => [
  interviews.toLocaleString('en'),
  both(updateAllMs),
  median(updateManyMs).toFixed(1),
  `${(median(updateManyMs) / median(updateAllMs)).toFixed(0)} x`,
  both(readsBeforeMs),
  both(readsAfterMs),
]);
console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}\n`);
console.log('Milliseconds, p50 / p99; updateMany in the database alone, without the way there\n');
console.log(
  table(['AI interviews', 'updateAll', 'updateMany', 'ratio', 'a read before', 'a read afterwards'], rows),
);
console.log(`\n${await saveResults('update-all', { machine: where, found })}`);
