import { findMongod, freePort, replicaSet, startMongod } from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a benchmark can keep its data in: the engine of local mode, one `mongod`, or a replica set of three on this machine. */
const databaseKinds = ['embedded', 'mongod', 'replica-set'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** A database server that the system is given the address of. */
export interface BenchDatabase extends AsyncDisposable {
  /** Without a database's name. */
  readonly uri: string;
  /** Of all members. */
  readonly pids: readonly number[];
}

/**
 * The kinds that an option names, with commas between them.
 *
 * @throws Error for what is none
 */
export function parseDatabases(text: string): DatabaseKind[] {
  return text.split(',').map((name) => {
    const kind = databaseKinds.find((known) => known === name.trim());
    if (!kind)
      throw new Error(`--databases takes of these, with commas between them: ${databaseKinds.join(', ')}`);
    return kind;
  });
}

/** Starts an empty one. @throws Error where this machine has no `mongod` */
export async function benchDatabase(kind: Exclude<DatabaseKind, 'embedded'>): Promise<BenchDatabase> {
  const mongod = await findMongod();
  if (typeof mongod !== 'string') throw new Error(`there is no mongod here: ${mongod.tried.join('; ')}`);
  return kind === 'mongod' ? single(mongod) : setOfThree(mongod);
}

async function single(program: string): Promise<BenchDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-mongod-'));
  const port = await freePort();
  const mongod = await startMongod(program, { port, dataDir: join(directory, 'data') });
  return {
    uri: `mongodb://127.0.0.1:${port}/`,
    pids: pidsOf([mongod]),
    [Symbol.asyncDispose]: async () => {
      await mongod.kill();
      await rm(directory, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

async function setOfThree(mongod: string): Promise<BenchDatabase> {
  const { uri, members, [Symbol.asyncDispose]: dispose } = await replicaSet({ mongod });
  return { uri, pids: pidsOf(members), [Symbol.asyncDispose]: dispose };
}

function pidsOf(members: readonly { pid(): number | undefined }[]): number[] {
  return members.flatMap((member) => member.pid() ?? []);
}
