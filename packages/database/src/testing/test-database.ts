import { randomBytes } from 'node:crypto';
import { type Database, type DatabaseOptions, openDatabase } from '../database.ts';
import { embeddedEngine } from './embedded-engine.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly database: Database;
  /** Leads to this database. */
  readonly uri: string;
  /** The same database as another process has it; closed with this one. */
  readonly otherProcess: () => Promise<Database>;
}

export type TestDatabaseOptions = Pick<DatabaseOptions, 'asOlder' | 'asSharded' | 'kept'>;

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
  const open: Database[] = [];
  const connected = async () => {
    const database = openDatabase(uri, { monitorCommands: true, ...options });
    open.push(database);
    await database.connect();
    return database;
  };
  return {
    database: await connected(),
    uri,
    otherProcess: connected,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(open.map((database) => database.close()));
    },
  };
}

export { commandsDuring, isJournaled, nameOf, type SentCommand } from './commands-during.ts';
export { routedStatements } from './routed-statements.ts';
export { unboundedReads } from './unbounded-reads.ts';
