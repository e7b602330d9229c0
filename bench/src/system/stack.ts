import { type Database, openDatabase } from '@interview-webhooks/database';
import {
  readDatabaseAddress,
  type StartedServer,
  startServer,
  systemProcess,
} from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchDatabase, type DatabaseKind } from './bench-database.ts';

/** The built system in processes of its own: the server, which is one worker, and more workers beside it. */
export interface Stack extends AsyncDisposable {
  readonly server: StartedServer;
  /** The same database, from outside. */
  readonly database: Database;
  /** Of the database; of all members where it is a replica set. */
  readonly databasePids: readonly number[];
  readonly databaseUri: string;
  readonly databaseName: string;
}

export interface StackOptions {
  /** Processes that deliver, the server included. */
  workers: number;
  env?: Record<string, string>;
  /** A directory for a CPU profile of each process. */
  profileTo?: string | undefined;
  /** The embedded engine unless given. */
  databaseKind?: DatabaseKind | undefined;
}

const DATABASE_NAME = 'interview_webhooks';

export async function startStack({
  workers,
  env = {},
  profileTo,
  databaseKind = 'embedded',
}: StackOptions): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-bench-'));
  const given = databaseKind === 'embedded' ? undefined : await benchDatabase(databaseKind);
  const shared = {
    nodeArgs: profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`],
  };
  const database = given && environmentFor(given.uri);
  const server = await startServer({
    ...shared,
    dataDir,
    // What is measured is the system, not its politeness to one caller.
    env: { RATE_LIMIT_PER_MINUTE: '100000000', ...database, ...env },
  });
  const beside = Array.from({ length: workers - 1 }, () =>
    systemProcess({
      ...shared,
      program: 'worker',
      env: { LOG_LEVEL: 'warn', ...database, ...env, DATA_DIR: dataDir },
    }),
  );
  await Promise.all(beside.map((worker) => worker.printed(/Delivering/)));
  const { uri, pids } = given ?? (await embeddedIn(dataDir));
  const outside = openDatabase(uri, { name: DATABASE_NAME });
  await outside.connect();
  return {
    server,
    database: outside,
    databasePids: pids,
    databaseUri: uri,
    databaseName: DATABASE_NAME,
    [Symbol.asyncDispose]: async () => {
      await outside.close();
      for (const worker of beside) worker.kill('SIGTERM');
      await Promise.all(beside.map(({ exited }) => exited));
      await server[Symbol.asyncDispose]();
      await given?.[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function embeddedIn(dataDir: string) {
  const { uri, pid } = await readDatabaseAddress(dataDir);
  return { uri, pids: [pid] };
}

/** What a process needs that keeps its data in the server at `uri` and sends webhooks to this machine. */
function environmentFor(uri: string): Record<string, string> {
  return {
    // A URL of several hosts is none to Node.
    MONGODB_URI: uri.replace(/\/(\?|$)/, `/${DATABASE_NAME}$1`),
    SECRET_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  };
}
