import { availableParallelism } from 'node:os';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { type DatabaseTestOptions, databaseTests } from './packages/testing/src/test-run/database-tests.ts';

/** Tests import the workspace's packages as source, so that none needs a build first. */
const conditions = ['@interview-webhooks/source'];

export const shared = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes within milliseconds, but not on a machine that does something else as well.
    expect: { poll: { timeout: 30_000 } },
    // Files run side by side up to the machine's cores, of which Vitest by itself leaves one out.
    maxWorkers: availableParallelism(),
    pool: 'forks',
    // They share no state, so a process keeps what it has imported for the next file: imports took a fifth of the time.
    isolate: false,
  },
});

/** For the package in `directory`, whose tests run on each database that `TEST_DATABASE` may name. */
export async function sharedOnDatabase(
  directory: string,
  options: DatabaseTestOptions = {},
): Promise<ViteUserConfig> {
  return { ...shared, test: { ...shared.test, ...(await databaseTests(directory, options)) } };
}
