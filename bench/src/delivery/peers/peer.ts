import { ObjectId } from '@interview-webhooks/database';
import { eventId } from '@interview-webhooks/webhooks';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import type { DatabaseKind } from '../../system/bench-database.ts';
import { firstMessage } from '../../system/first-message.ts';
import { postJson } from '../../system/post-json.ts';
import type { Recorder } from '../recorders.ts';
import { seedService } from './bullmq-log/seed.ts';
import { startStore, type StoreKind } from './stores.ts';

/** A request that says that these candidates have started. */
interface StartRequest {
  path: string;
  body: unknown;
  headers?: Record<string, string>;
}

/** What is ready to be started, and how it is said. */
interface Prepared {
  ids: readonly string[];
  request: (ids: readonly string[]) => StartRequest;
}

interface ToPrepare {
  /** Of the peer. */
  url: string;
  /** Of its stores, in their order. */
  addresses: readonly string[];
  receiverPort: number;
  responses: number;
}

interface PeerProgram {
  /**
   * One for each process, the one that listens first. Each is given the arguments, the addresses of the stores and the
   * receiver's port, and says when it is ready.
   */
  readonly files: readonly URL[];
  readonly args: readonly string[];
  readonly stores: readonly StoreKind[];
  /** How many starts go in a request, and how many requests make it as busy as it can be. */
  readonly batch: number;
  readonly concurrency: number;
  readonly prepare: (to: ToPrepare) => Promise<Prepared>;
}

/** As REST calls ours. */
const single = { batch: 1, concurrency: 128 };
/** As tRPC calls ours. */
const batched = { batch: 20, concurrency: 16 };
const CONNECTIONS = 128;

const queueOf = (kind: string, store: StoreKind): PeerProgram => ({
  ...batched,
  files: [new URL('peer-process.ts', import.meta.url)],
  args: [kind],
  stores: [store],
  prepare: ({ responses }) =>
    Promise.resolve({
      ids: Array.from({ length: responses }, () => new ObjectId().toHexString()),
      request: (ids) => ({ path: '/starts', body: ids.map((id) => eventId(id, 'ai_interview.start')) }),
    }),
});

const bound = {
  files: [new URL('bound-process.ts', import.meta.url)],
  args: [],
  stores: ['mongodb'],
  prepare: async ({ url, receiverPort, responses: count }: ToPrepare) => {
    const wanted = { url: receiverUrl(receiverPort), count };
    const { ids } = (await postJson(`${url}/setup`, wanted)) as { ids: string[] }; // as `bound-process.ts` answers
    return { ids, request: (starts: readonly string[]) => ({ path: '/starts', body: starts }) };
  },
} as const;

const programs = {
  BullMQ: queueOf('bullmq', 'redis'),
  agenda: queueOf('agenda', 'mongodb'),
  'BullMQ + log': {
    ...single,
    files: [
      new URL('bullmq-log/api-process.ts', import.meta.url),
      new URL('bullmq-log/worker-process.ts', import.meta.url),
    ],
    args: [],
    stores: ['redis', 'mongodb'],
    prepare: async ({ addresses: [, mongodb = ''], receiverPort, responses }) => {
      const { key, ids } = await seedService(mongodb, { url: receiverUrl(receiverPort), responses });
      const headers = { 'x-api-key': key };
      return { ids, request: ([id]) => ({ path: `/responses/${id}/start`, headers, body: {} }) };
    },
  },
  bound: { ...single, ...bound },
  'bound, batched': { ...batched, ...bound },
} satisfies Record<string, PeerProgram>;

/** What sends webhooks in our place; `bound` is the least that can be done on the database. */
export type PeerKind = keyof typeof programs;

export function isPeer(by: string): by is PeerKind {
  return Object.hasOwn(programs, by);
}

/** Whether it keeps data in MongoDB, so that it is measured on each kind of it. */
export function isOnMongo(kind: PeerKind): boolean {
  const { stores }: PeerProgram = programs[kind];
  return stores.includes('mongodb');
}

/** A peer in processes of its own. */
export interface PeerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pids: readonly number[];
  readonly storePids: readonly number[];
  /** Of its stores, in their order. */
  readonly addresses: readonly string[];
}

export interface PeerSetting {
  receiverPort: number;
  /** For one that keeps its data in MongoDB. */
  databaseKind: DatabaseKind;
}

export async function startPeerProcess(
  kind: PeerKind,
  { receiverPort, databaseKind }: PeerSetting,
): Promise<PeerProcess> {
  const { files, args, stores: kinds }: PeerProgram = programs[kind];
  const stores = await Promise.all(kinds.map((store) => startStore(store, databaseKind)));
  const addresses = stores.map(({ address }) => address);
  const children = files.map((file) =>
    fork(fileURLToPath(file), [...args, ...addresses, String(receiverPort)]),
  );
  const stop = async () => {
    await Promise.all(children.map(killed));
    await Promise.all(stores.map((store) => store[Symbol.asyncDispose]()));
  };
  try {
    const [url] = await Promise.all(children.map(firstMessage));
    return {
      url: String(url),
      pids: children.flatMap(({ pid }) => pid ?? []),
      storePids: stores.flatMap(({ pids }) => pids),
      addresses,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
}

/** Records starts with a peer. */
export interface Peer extends Recorder, Pick<PeerProcess, 'pids' | 'storePids'> {
  /** Of what can be started. */
  readonly ids: readonly string[];
}

export async function startPeer(
  kind: PeerKind,
  { responses, ...setting }: PeerSetting & { responses: number },
): Promise<Peer> {
  const { batch, concurrency, prepare }: PeerProgram = programs[kind];
  const child = await startPeerProcess(kind, setting);
  const { url, addresses, pids, storePids } = child;
  const { ids, request } = await prepare({ url, addresses, responses, ...setting }).catch(
    async (error: unknown) => {
      await child[Symbol.asyncDispose]();
      throw error;
    },
  );
  const pool = new Pool(url, { connections: CONNECTIONS });
  return {
    pids,
    storePids,
    ids,
    batch,
    concurrency,
    record: async (responseIds) => {
      const { path, body, headers } = request(responseIds);
      const answer = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${kind}: ${answer.statusCode} ${text}`);
    },
    [Symbol.asyncDispose]: async () => {
      await pool.close();
      await child[Symbol.asyncDispose]();
    },
  };
}

function receiverUrl(port: number): string {
  return `http://127.0.0.1:${port}/hooks/start`;
}
