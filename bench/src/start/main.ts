/**
 * Measures `npm start`, with everything installed and built, until it is ready; what the server and its database hold in RAM,
 * and what a production installation holds on the disk.
 *
 *     npm run bench:start [-- --times 5]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { percentile } from '../report/percentile.ts';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { heldMemory } from './held-memory.ts';
import { npmStart } from './npm-start.ts';
import { packagedSize } from './packaged-size.ts';

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } });
const times = Number(values.times);

const where = machine();
const newMs: number[] = [];
const oldMs: number[] = [];
for (let time = 0; time < times; time++) {
  process.stderr.write('npm start …\n');
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-start-'));
  try {
    newMs.push(await npmStart(dataDir));
    oldMs.push(await npmStart(dataDir));
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
  }
}
process.stderr.write('memory …\n');
const memory = await heldMemory();
process.stderr.write('size …\n');
const size = await packagedSize();

const seconds = (ms: number) => (ms / 1_000).toFixed(2);
const startRow = (name: string, tookMs: number[]) => [
  name,
  tookMs.length,
  seconds(percentile(tookMs, 0.5)),
  seconds(Math.max(...tookMs)),
];
console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}\n`);
console.log(
  table(
    ['npm start with', 'times', 's to /readyz, median', 'worst'],
    [startRow('a new data directory', newMs), startRow('an old one', oldMs)],
  ),
);
const memoryRow = (name: 'idle' | 'loaded') => [
  name,
  memory[name].serverMb.toFixed(0),
  memory[name].databaseMb.toFixed(0),
];
console.log(`\n${table(['in RAM', 'server MB', 'database MB'], [memoryRow('idle'), memoryRow('loaded')])}`);
console.log(
  `\nThe package: ${size.allMb.toFixed(0)} MB, of which node_modules ${size.modulesMb.toFixed(0)} MB`,
);
console.log(`\n${await saveResults('start', { machine: where, newMs, oldMs, memory, size })}`);
