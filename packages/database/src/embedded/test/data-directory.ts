import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo } from '../embedded-mongo.ts';

const { MongoClient } = mongoose.mongo;
type Client = mongoose.mongo.MongoClient;

interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly obj: object;
  readonly msg: string;
}

/** Keeps what supervision says; `said` waits for it. */
export function recordingLog() {
  const entries: LogEntry[] = [];
  const at = (level: LogEntry['level']) => (obj: object, msg: string) => {
    entries.push({ level, obj, msg });
  };
  return {
    entries,
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    said: (msg: string, times = 1) =>
      vi.waitUntil(() => entries.filter((entry) => entry.msg === msg).length >= times, { timeout: 20_000 }),
  };
}

/** A data directory for each test, whose databases are closed and whose files are removed after it. */
export function useDataDirectory() {
  let tempDir: string;
  let dataDir: string;
  let opened: EmbeddedMongo[] = [];

  beforeAll(async () => {
    tempDir = await mkdtemp(join(tmpdir(), 'em-'));
    // Runtime directories are made here too, and go with it.
    vi.stubEnv('TMPDIR', tempDir);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(tempDir, { recursive: true });
  });
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tempDir, 'data-'));
  });
  afterEach(async () => {
    await Promise.all(opened.map((mongo) => mongo.close()));
    opened = [];
  });

  return {
    path: (...names: string[]) => join(dataDir, ...names),
    start: async (log = recordingLog()) => {
      const mongo = await startEmbeddedMongo({ dataDir, log });
      opened.push(mongo);
      return mongo;
    },
    hostPid: async () => {
      const text = await readFile(join(dataDir, 'mongodb.json'), 'utf8');
      // Written by the host; a wrong shape fails the test that uses it.
      return (JSON.parse(text) as { pid: number }).pid;
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export const gone = (pid: number) => vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 });

export async function withClient<T>(uri: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

export const things = (client: Client) => client.db('test').collection<{ _id: number }>('things');

/** Resolves when the write is in the journal. */
export const insert = (uri: string, _id: number) =>
  withClient(uri, (client) => things(client).insertOne({ _id }, { writeConcern: { j: true } }));

export const ids = (uri: string) =>
  withClient(uri, async (client) => {
    const found = await things(client).find().sort({ _id: 1 }).toArray();
    return found.map(({ _id }) => _id);
  });
