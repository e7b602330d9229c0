import {
  apiClient,
  type ApiClient,
  readDatabaseAddress,
  type SystemProcess,
  systemProcess,
} from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';

/** What may be killed. */
export const parts = ['server', 'worker', 'database'] as const;
export type Part = (typeof parts)[number];

/** A part of the system was gone from a moment to another. */
export interface Outage {
  readonly part: Part;
  readonly fromMs: number;
  untilMs: number;
}

/** Server, worker and embedded database, each a process of its own that may die at any moment and comes back. */
export interface FaultSystem extends AsyncDisposable {
  readonly client: ApiClient;
  readonly url: string;
  readonly apiKey: string;
  readonly outages: readonly Outage[];
  /** Ends a part with SIGKILL; resolves when it works again. */
  kill(part: Part): Promise<void>;
}

export const LEASE_MS = 3_000;
const LOOK_AGAIN_MS = 25;

export async function faultSystem(): Promise<FaultSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-faults-'));
  const port = await freePort();
  const apiKey = `faults_${randomBytes(24).toString('base64url')}`;
  const url = `http://127.0.0.1:${port}`;
  const client = apiClient(url, apiKey);
  const env = {
    PORT: String(port),
    DATA_DIR: dataDir,
    BOOTSTRAP_API_KEY: apiKey,
    LOG_LEVEL: 'fatal',
    RATE_LIMIT_PER_MINUTE: '100000000',
    WEBHOOK_LEASE_SECONDS: String(LEASE_MS / 1000),
    WEBHOOK_TIMEOUT_SECONDS: '1',
    WEBHOOK_RETRY_SCHEDULE: Array.from({ length: 50 }, () => '1s').join(),
  };
  const outages: Outage[] = [];
  const running: Partial<Record<'server' | 'worker', SystemProcess>> = {};

  const start = async (program: 'server' | 'worker') => {
    const started = systemProcess({ env, built: true, program: program === 'server' ? 'main' : 'worker' });
    running[program] = started;
    await started.printed(program === 'server' ? /Dashboard/ : /Delivering/);
  };
  const killProcess = async (program: 'server' | 'worker') => {
    running[program]?.kill('SIGKILL');
    await running[program]?.exited;
    await start(program);
  };
  const killDatabase = async () => {
    const { pid } = await readDatabaseAddress(dataDir);
    process.kill(pid, 'SIGKILL');
    while ((await readDatabaseAddress(dataDir)).pid === pid) await pause(LOOK_AGAIN_MS);
    while (!(await isReady(client))) await pause(LOOK_AGAIN_MS);
  };

  await start('server');
  await start('worker');
  return {
    client,
    url,
    apiKey,
    outages,
    async kill(part) {
      const outage: Outage = { part, fromMs: monotonicMs(), untilMs: Infinity };
      outages.push(outage);
      await (part === 'database' ? killDatabase() : killProcess(part));
      outage.untilMs = monotonicMs();
    },
    [Symbol.asyncDispose]: async () => {
      for (const program of ['worker', 'server'] as const) running[program]?.kill('SIGTERM');
      await Promise.all([running.worker?.exited, running.server?.exited]);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function isReady(client: ApiClient): Promise<boolean> {
  const answer = await client.call('GET', '/readyz').catch(() => undefined);
  return answer?.status === 200;
}

/** A server that starts again has to be where it was. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  await once(server.close(), 'close');
  return port;
}
