import { startEmbeddedMongo } from '@interview-webhooks/database';
import { readDatabaseAddress } from '@interview-webhooks/testing';
import { MongoClient, MongoError } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseProxy, type DatabaseProxy } from './database-proxy.ts';

/** The database, and the only way to it that the system's processes know. */
export interface FaultDatabase extends AsyncDisposable {
  /** Through the proxy, as to any MongoDB server. */
  readonly uri: string;
  /** Past the proxy, for who looks at what is stored. */
  readonly directUri: string;
  readonly proxy: Pick<DatabaseProxy, 'reset' | 'weather'>;
  /** Ends its process with SIGKILL; resolves when there is another. */
  kill(): Promise<void>;
  /** Writes as another user of the disk would, until the database cannot any more. */
  writeUntilRefused(): Promise<void>;
}

export const DATABASE_NAME = 'faults';
const LOOK_AGAIN_MS = 25;
const MEGABYTE = 2 ** 20;
/** More than the journal has room for in files that it has made already. */
const MAX_MEGABYTES = 64;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function faultDatabase(dataDir: string): Promise<FaultDatabase> {
  const embedded = await startEmbeddedMongo({ dataDir, log: silent });
  const proxy = await databaseProxy(addressIn(embedded.uri));
  return {
    uri: `mongodb://127.0.0.1:${proxy.port}/${DATABASE_NAME}?directConnection=true`,
    directUri: embedded.uri,
    proxy,
    async kill() {
      const { pid } = await readDatabaseAddress(dataDir);
      process.kill(pid, 'SIGKILL');
      while ((await readDatabaseAddress(dataDir)).pid === pid) await pause(LOOK_AGAIN_MS);
    },
    writeUntilRefused: () => writeUntilRefused(embedded.uri),
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await embedded.close();
    },
  };
}

async function writeUntilRefused(uri: string): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1_000, socketTimeoutMS: 2_000 });
  const others = client.db('others').collection('others', { writeConcern: { w: 1, journal: true } });
  try {
    for (let written = 0; written < MAX_MEGABYTES; written++) {
      // The journal compresses; this cannot be.
      await others.insertOne({ bytes: randomBytes(MEGABYTE) });
    }
    throw new Error('a database on a full disk went on writing');
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
  } finally {
    await client.close();
  }
}

/** A Unix socket, or host and port where the official `mongod` runs in the embedded engine's place. */
function addressIn(uri: string) {
  const [, address = ''] = /^mongodb:\/\/([^/]+)/.exec(uri) ?? [];
  const path = decodeURIComponent(address);
  if (path.startsWith('/')) return { path };
  const { hostname, port } = new URL(`tcp://${address}`);
  return { host: hostname, port: Number(port) };
}
