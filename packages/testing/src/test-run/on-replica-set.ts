import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findMongod } from '../mongod/find-mongod.ts';
import { RUN_URI } from './run-database.ts';
import { runReplicaSet } from './run-replica-set.ts';
import { skipOrFail } from './skip-or-fail.ts';
import { testDatabaseKind } from './test-database-kind.ts';

// `on-replica-set COMMAND …`: runs a command of the checkout whose tests all share one replica set.
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const [command = '', ...args] = process.argv.slice(2);

async function run(mongod: string): Promise<number> {
  await using set = await runReplicaSet(mongod);
  const env = { ...process.env, MONGOD: mongod, [RUN_URI]: set.uri };
  const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null]; // as Node documents it
  return code ?? 1;
}

try {
  testDatabaseKind();
  const mongod = await findMongod();
  if (typeof mongod === 'string') process.exitCode = await run(mongod);
  else skipOrFail(mongod);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
