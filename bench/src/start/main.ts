/**
 * Measures `npm start`, with everything installed and built, until it is ready; and what the server and its database hold in
 * RAM when nothing happens.
 *
 *     npm run bench:start [-- --times 5]
 */
import { readDatabaseAddress } from '@interview-webhooks/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { percentile } from '../report/percentile.ts';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { residentMb } from '../system/memory.ts';
import { monotonicMs } from '../system/monotonic-ms.ts';

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } });
const times = Number(values.times);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const LOOK_EVERY_MS = 20;
const IDLE_MS = 5_000;

interface Started {
  readyMs: number;
  databaseMb: number;
}

/** Starts and stops it once. */
async function start(dataDir: string): Promise<Started> {
  const port = await freePort();
  const began = monotonicMs();
  // eslint-disable-next-line no-restricted-properties -- npm finds its own way by it
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn', MONGODB_URI: '' };
  const child = spawn('npm', ['start'], { cwd: root, env, stdio: 'ignore' });
  const exited = once(child, 'exit');
  try {
    await untilReady(port);
    const readyMs = monotonicMs() - began;
    await pause(IDLE_MS);
    const { pid } = await readDatabaseAddress(dataDir);
    return { readyMs, databaseMb: await residentMb(pid) };
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

async function untilReady(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await pause(LOOK_EVERY_MS);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}

const where = machine();
const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-start-'));
const found: (Started & { name: string })[] = [];
try {
  for (let time = 0; time < times; time++) {
    const name = time === 0 ? 'a new data directory' : 'an old one';
    found.push({ name, ...(await start(dataDir)) });
  }
} finally {
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
}
const rows = ['a new data directory', 'an old one'].map((name) => {
  const those = found.filter((one) => one.name === name);
  const median = (of: 'readyMs' | 'databaseMb') =>
    percentile(
      those.map((one) => one[of]),
      0.5,
    );
  return [name, those.length, (median('readyMs') / 1_000).toFixed(2), median('databaseMb').toFixed(0)];
});
console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}\n`);
console.log(table(['npm start with', 'times', 's to /readyz (median)', 'database MB'], rows));
console.log(`\n${await saveResults('start', { machine: where, found })}`);
