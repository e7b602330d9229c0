import {
  freePort,
  isLocalMode,
  readDatabaseAddress,
  systemProcess,
  type SystemProcess,
} from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let dataDir: string;
const running: SystemProcess[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-stopping-'));
});
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.kill('SIGKILL');
    await one.exited;
  }
  // The engine forgets its address a moment before its last file is closed.
  while (await readDatabaseAddress(dataDir).catch(() => undefined)) await pause(20);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
});

function start(program: 'main' | 'worker', env: Record<string, string> = {}): SystemProcess {
  const started = systemProcess({ program, env: { DATA_DIR: dataDir, ...env } });
  running.push(started);
  return started;
}

/** Ends with SIGTERM, and says how, unless that takes more than a supervisor's ten seconds. */
async function stopped(one: SystemProcess): Promise<number | NodeJS.Signals | null> {
  const began = performance.now();
  one.kill('SIGTERM');
  const { code, signal } = await one.exited;
  expect(performance.now() - began).toBeLessThan(10_000);
  return code ?? signal;
}

const ready = { main: /Dashboard +(http:\S+)/, worker: /Delivering/ };
const programs = ['main', 'worker'] as const;

describe.each(programs)('%s', (program) => {
  // At `error` the first line that finds the pipe broken is the one of the end.
  it.runIf(isLocalMode).each(['info', 'error'])(
    'ends within ten seconds while its database hangs and nobody is left to read its log (LOG_LEVEL %s)',
    async (LOG_LEVEL) => {
      const one = start(program, { LOG_LEVEL });
      await one.printed(ready[program]);
      const { pid } = await readDatabaseAddress(dataDir);
      process.kill(pid, 'SIGSTOP');
      try {
        one.stopReading('broken');
        await stopped(one);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
    },
  );

  // The driver says that it cannot reach a database only after its own half a minute.
  it(
    'ends within ten seconds before it has reached a database that never answers',
    { timeout: 90_000 },
    async () => {
      const silent: Server = createServer((socket) => socket.on('error', () => undefined));
      await once(silent.listen(0, '127.0.0.1'), 'listening');
      const { port } = silent.address() as AddressInfo; // listens on a port, not on a pipe
      try {
        const one = start(program, {
          MONGODB_URI: `mongodb://127.0.0.1:${port}/test`,
          SECRET_KEYS: `k1:${Buffer.alloc(32).toString('base64')}`,
        });
        await one.logged(/the database cannot be reached/);
        one.stopReading('broken');
        expect(await stopped(one)).toBe(0);
      } finally {
        silent.close();
      }
    },
  );
});

it('a log that nobody takes holds up no request, and not the end', async () => {
  const server = start('main');
  const [, url = ''] = await server.printed(ready.main);
  server.stopReading('full');
  // Each is a line of seven thousand characters: together far more than pipes hold.
  for (let line = 0; line < 150; line++) {
    expect((await fetch(`${url}/${'x'.repeat(7_000)}`)).status).toBe(404);
  }
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  // The thread that writes hangs, so nothing softer would end it.
  expect(await stopped(server)).toBe('SIGKILL');
});

it('stdout that nobody reads ends no server', async () => {
  const port = await freePort();
  // With a key that is given there is no demo to be made after the server is ready.
  const server = start('main', {
    PORT: String(port),
    BOOTSTRAP_API_KEY: 'given-by-the-operator-32-characters-long',
  });
  server.stopReading('broken');
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await pause(20);
  // A process that stdout had ended would have failed before.
  expect(await stopped(server)).toBe(0);
});
