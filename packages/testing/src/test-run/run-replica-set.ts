import { requireMongod } from '../mongod/find-mongod.ts';
import { replicaSet, type ReplicaSet } from '../mongod/replica-set.ts';
import { RUN_URI } from './run-database.ts';

/** A replica set of one member, for all databases of a run of tests. */
export function runReplicaSet(mongod: string): Promise<ReplicaSet> {
  return replicaSet({
    mongod,
    size: 1,
    // Tests have a clock of their own: what has ended by the machine's clock has not by theirs.
    args: ['--setParameter', 'ttlMonitorEnabled=false'],
  });
}

/** Vitest's global setup: starts a replica set where the run has none yet, and stops it in the end. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[RUN_URI] !== undefined) return undefined;
  const set = await runReplicaSet(await requireMongod());
  process.env[RUN_URI] = set.uri;
  return async () => {
    await set[Symbol.asyncDispose]();
  };
}
