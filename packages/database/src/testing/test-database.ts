import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../database.ts';
import { startEmbeddedMongo } from '../embedded/embedded-mongo.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database;
  readonly uri: string;
}

/** A database of the embedded engine in a directory of its own, with all indexes; gone when disposed of. */
export async function testDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-test-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const embedded = await startEmbeddedMongo({ dataDir, log });
  const database = openDatabase(embedded.uri, { name: 'test', monitorCommands: true });
  await database.connect();
  return {
    database,
    uri: embedded.uri,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await embedded.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export { unboundedReads } from './unbounded-reads.ts';
