import { randomBytes } from 'node:crypto';
import { type Database, type DatabaseOptions, openDatabase } from '../database.ts';
import { embeddedEngine } from './embedded-engine.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database;
  /** Leads to this database. */
  readonly uri: string;
}

export type TestDatabaseOptions = Pick<DatabaseOptions, 'asSharded'>;

/**
 * A database of its own with all indexes, on the run's replica set or else on the embedded engine of the test's file; closed
 * when disposed of.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  // Both are set by the run; see test-run/ in packages/testing.
  const { TEST_DATABASE_URI: server, TEST_DATABASE_PREFIX: prefix = 'test' } = process.env;
  const uri = server ?? (await embeddedEngine()).uri;
  return opened(uri.replace('/?', `/${prefix}_${randomBytes(6).toString('hex')}?`), options);
}

/** Its files go after the test's file. */
async function opened(uri: string, options: TestDatabaseOptions): Promise<TestDatabase> {
  const database = openDatabase(uri, { monitorCommands: true, ...options });
  await database.connect();
  return { database, uri, [Symbol.asyncDispose]: () => database.close() };
}

export { commandsDuring, isJournaled, nameOf, type SentCommand } from './commands-during.ts';
export { routedStatements } from './routed-statements.ts';
export { unboundedReads } from './unbounded-reads.ts';
