import { createHash } from 'node:crypto';
import { readDatabaseAddress } from '../database-address.ts';

/** Where a run's replica set is; without it the databases are the embedded engine's. */
export const RUN_URI = 'TEST_DATABASE_URI';
/** How the names of a test file's databases begin. */
export const FILE_PREFIX = 'TEST_DATABASE_PREFIX';

/** The name of the embedded engine's one database. */
const LOCAL_NAME = 'interview_webhooks';
const LOOPBACK = '127.0.0.0/8,::1/128';

/** Whether servers run in local mode here, on the embedded engine; otherwise with `MONGODB_URI`, on the run's replica set. */
export const isLocalMode = process.env[RUN_URI] === undefined;

export interface RunDatabase {
  readonly uri: string;
  readonly name: string;
}

/** The database of servers with this `DATA_DIR`, as long as one of them runs. */
export async function databaseOf(dataDir: string): Promise<RunDatabase> {
  const onReplicaSet = databaseOnReplicaSet(dataDir);
  if (onReplicaSet) return onReplicaSet;
  const { uri } = await readDatabaseAddress(dataDir);
  return { uri, name: LOCAL_NAME };
}

function databaseOnReplicaSet(dataDir: string): RunDatabase | undefined {
  const server = process.env[RUN_URI];
  if (server === undefined) return undefined;
  const prefix = process.env[FILE_PREFIX] ?? 'test';
  const name = `${prefix}_${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  return { uri: server.replace('/?', `/${name}?`), name };
}

/**
 * The environment of a process of the system on the run's replica set: in place of the database in its `DATA_DIR` it has one
 * of its own there, and what it does without local mode: a keyring, and webhooks to this machine. On the embedded engine, and
 * where it names a database or no directory, it is as given.
 */
export function onRunDatabase(env: Readonly<Record<string, string>>): Record<string, string> {
  const { DATA_DIR: dataDir, MONGODB_URI: own, WEBHOOK_ALLOWED_NETWORKS: networks } = env;
  const database = dataDir !== undefined && own === undefined ? databaseOnReplicaSet(dataDir) : undefined;
  if (!database) return { ...env };
  return {
    MONGODB_URI: database.uri,
    SECRET_KEYS: `test:${createHash('sha256').update(database.name).digest('base64')}`,
    ...env,
    WEBHOOK_ALLOWED_NETWORKS: networks ? `${networks},${LOOPBACK}` : LOOPBACK,
  };
}
