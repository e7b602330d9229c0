import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type DatabaseOptions, openDatabase } from '../database.ts';
import { startEmbeddedMongo } from '../embedded/embedded-mongo.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database;
  /** Leads to this database. */
  readonly uri: string;
}

export type TestDatabaseOptions = Pick<DatabaseOptions, 'asSharded'>;

/**
 * A database of its own with all indexes, on the run's replica set or else on the embedded engine in a directory of its own;
 * gone when disposed of.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  // Both are set by the run; see test-run/ in packages/testing.
  const { TEST_DATABASE_URI: server, TEST_DATABASE_PREFIX: prefix = 'test' } = process.env;
  return server === undefined
    ? embeddedDatabase(options)
    : opened(server.replace('/?', `/${prefix}_${randomBytes(6).toString('hex')}?`), options);
}

async function embeddedDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-test-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const embedded = await startEmbeddedMongo({ dataDir, log });
  const test = await opened(embedded.uri, options);
  return {
    ...test,
    [Symbol.asyncDispose]: async () => {
      await test[Symbol.asyncDispose]();
      await embedded.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Its files go with the engine's directory, or after the test's file. */
async function opened(uri: string, options: TestDatabaseOptions): Promise<TestDatabase> {
  const database = openDatabase(uri, { monitorCommands: true, ...options });
  await database.connect();
  return { database, uri, [Symbol.asyncDispose]: () => database.close() };
}

export { routedStatements } from './routed-statements.ts';
export { unboundedReads } from './unbounded-reads.ts';
