import { fileURLToPath } from 'node:url';
import { configDefaults, type ViteUserConfig } from 'vitest/config';
import { findMongod } from '../mongod/find-mongod.ts';
import { filesOnDatabase } from './files-on-database.ts';
import { RUN_URI } from './run-database.ts';
import { skipOrFail } from './skip-or-fail.ts';
import { testDatabaseKind } from './test-database-kind.ts';

/** Files whose tests start replica sets of their own: nothing for the embedded engine. */
const REPLICA_SET_ONLY = '**/*.replica-set.test.ts';
const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export interface DatabaseTestOptions {
  /** Whether each test is for both databases, or for the one that its file's name says. */
  eachOn?: 'both' | 'one';
  /** Patterns of files that start a server but ask little of its database: once is enough for them. */
  onceEnough?: readonly string[];
}

/**
 * How Vitest runs the tests of the package in `directory` on what `TEST_DATABASE` asks for: all but those that need a replica
 * set, or on the run's replica set those that touch the database.
 *
 * @throws Error where `TEST_DATABASE` is neither, and where there is no mongod and the tests must not be skipped
 */
export async function databaseTests(
  directory: string,
  { eachOn = 'both', onceEnough = [] }: DatabaseTestOptions = {},
): Promise<ViteUserConfig['test']> {
  if (testDatabaseKind() === 'embedded') {
    return {
      exclude: [...configDefaults.exclude, REPLICA_SET_ONLY],
      setupFiles: [path('../../../database/src/testing/end-embedded-engine.ts')],
    };
  }
  if (process.env[RUN_URI] === undefined) {
    const mongod = await findMongod();
    if (typeof mongod !== 'string') {
      skipOrFail(mongod);
      return { include: [], passWithNoTests: true };
    }
    process.env['MONGOD'] = mongod;
  }
  return {
    include: eachOn === 'both' ? filesOnDatabase(directory) : [REPLICA_SET_ONLY],
    exclude: [...configDefaults.exclude, ...onceEnough],
    passWithNoTests: true,
    globalSetup: [path('run-replica-set.ts')],
    setupFiles: [path('own-databases.ts')],
  };
}
