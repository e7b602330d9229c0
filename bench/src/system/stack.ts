import { type Database, openDatabase } from '@interview-webhooks/database';
import {
  readDatabaseAddress,
  type StartedServer,
  startServer,
  systemProcess,
} from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built system in processes of its own: the server, which is one worker, and more workers beside it. */
export interface Stack extends AsyncDisposable {
  readonly server: StartedServer;
  /** The embedded database, from outside. */
  readonly database: Database;
  readonly databasePid: number;
  readonly databaseUri: string;
  readonly databaseName: string;
}

export interface StackOptions {
  /** Processes that deliver, the server included. */
  workers: number;
  env?: Record<string, string>;
  /** A directory for a CPU profile of each process. */
  profileTo?: string | undefined;
}

const DATABASE_NAME = 'interview_webhooks';

export async function startStack({ workers, env = {}, profileTo }: StackOptions): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-bench-'));
  const shared = {
    built: true,
    nodeArgs: profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`],
  };
  const server = await startServer({
    ...shared,
    dataDir,
    // What is measured is the system, not its politeness to one caller.
    env: { RATE_LIMIT_PER_MINUTE: '100000000', ...env },
  });
  const beside = Array.from({ length: workers - 1 }, () =>
    systemProcess({ ...shared, program: 'worker', env: { LOG_LEVEL: 'warn', ...env, DATA_DIR: dataDir } }),
  );
  await Promise.all(beside.map((worker) => worker.printed(/Delivering/)));
  const { uri, pid } = await readDatabaseAddress(dataDir);
  const database = openDatabase(uri, { name: DATABASE_NAME });
  await database.connect();
  return {
    server,
    database,
    databasePid: pid,
    databaseUri: uri,
    databaseName: DATABASE_NAME,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      for (const worker of beside) worker.kill('SIGTERM');
      await Promise.all(beside.map(({ exited }) => exited));
      await server[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
