import { startEmbeddedMongo } from '@interview-webhooks/database';
import { readDatabaseAddress } from '@interview-webhooks/testing';
import { eventId } from '@interview-webhooks/webhooks';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { benchDatabase, type DatabaseKind } from '../../system/bench-database.ts';
import type { Recorder } from '../recorders.ts';
import { startRedis } from './redis.ts';

export type PeerKind = 'BullMQ' | 'agenda';

export function isPeer(by: string): by is PeerKind {
  return by === 'BullMQ' || by === 'agenda';
}

/** Records starts with a peer, twenty in a request as tRPC does. */
export interface Peer extends Recorder {
  readonly pid: number;
  readonly storePids: readonly number[];
}

const BATCH = 20;
const CONCURRENCY = 16;

interface Store extends AsyncDisposable {
  readonly address: string;
  readonly pids: readonly number[];
}

export interface PeerSetting {
  /** The receiver's. */
  port: number;
  /** For one that keeps its data in MongoDB. */
  databaseKind: DatabaseKind;
}

export async function startPeer(kind: PeerKind, { port, databaseKind }: PeerSetting): Promise<Peer> {
  const store = await (kind === 'BullMQ' ? redisStore() : mongoStore(databaseKind));
  const program = fileURLToPath(new URL('peer-process.ts', import.meta.url));
  const child = fork(program, [kind.toLowerCase(), store.address, String(port)]);
  const [url] = (await once(child, 'message')) as [string]; // where it listens
  const pool = new Pool(url, { connections: CONCURRENCY });
  return {
    pid: child.pid ?? 0,
    storePids: store.pids,
    batch: BATCH,
    concurrency: CONCURRENCY,
    record: async (responseIds) => {
      const body = JSON.stringify(responseIds.map((id) => eventId(id, 'ai_interview.start')));
      const headers = { 'content-type': 'application/json' };
      const answer = await pool.request({ method: 'POST', path: '/starts', headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${kind}: ${answer.statusCode} ${text}`);
    },
    [Symbol.asyncDispose]: async () => {
      await pool.close();
      child.kill('SIGKILL');
      await once(child, 'exit');
      await store[Symbol.asyncDispose]();
    },
  };
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
