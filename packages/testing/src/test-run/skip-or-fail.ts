import { listed, type MongodNotFound } from '../mongod/find-mongod.ts';

/**
 * Says on stderr that the tests on a replica set are skipped, and why.
 *
 * @throws Error that says so in CI, and below turbo, which would remember it as a run that passed
 */
export function skipOrFail(notFound: MongodNotFound): void {
  const { CI, TURBO_HASH } = process.env;
  if (CI || TURBO_HASH) {
    throw new Error(`The tests on a replica set cannot run. There is no mongod:\n${listed(notFound)}`);
  }
  console.error(`\n  SKIPPED: the tests on a replica set. There is no mongod:\n${listed(notFound)}\n`);
}
