import { startEmbeddedMongo } from '@interview-webhooks/database';
import { readDatabaseAddress } from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchDatabase, type DatabaseKind } from '../../system/bench-database.ts';
import { startRedis } from './redis.ts';

/** Where a peer keeps its data. */
export interface Store extends AsyncDisposable {
  /** A Redis socket's path or a MongoDB address. */
  readonly address: string;
  readonly pids: readonly number[];
}

export type StoreKind = 'redis' | 'mongodb';

/** Starts an empty one. @param databaseKind which MongoDB, where it is one */
export function startStore(kind: StoreKind, databaseKind: DatabaseKind): Promise<Store> {
  return kind === 'redis' ? redisStore() : mongoStore(databaseKind);
}

async function redisStore(): Promise<Store> {
  const redis = await startRedis();
  return {
    address: redis.path,
    pids: [redis.pid],
    [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose](),
  };
}

async function mongoStore(databaseKind: DatabaseKind): Promise<Store> {
  if (databaseKind !== 'embedded') {
    const { uri: address, ...given } = await benchDatabase(databaseKind);
    return { address, ...given };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-peer-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const embedded = await startEmbeddedMongo({ dataDir, log });
  const { pid } = await readDatabaseAddress(dataDir);
  return {
    address: embedded.uri,
    pids: [pid],
    [Symbol.asyncDispose]: async () => {
      await embedded.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
