import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { type Mongod, startMongod } from './mongod.ts';

export interface ReplicaSetOptions {
  /** The server's program, as `findMongod` finds it. */
  readonly mongod: string;
  /** How many members; three unless given. */
  readonly size?: 1 | 3;
  /** How long a primary may be silent before another one is elected, in milliseconds; MongoDB's own 10,000 unless given. */
  readonly electionTimeoutMs?: number;
  /** More arguments of each member. */
  readonly args?: readonly string[];
  /** The port that the others and the clients know the member at `port` by: its own unless given. */
  readonly knownAs?: (port: number) => Promise<number>;
}

/** A replica set on the loopback, whose members can be killed, frozen and started again. */
export interface ReplicaSet extends AsyncDisposable {
  /** With all members, and without a database. */
  readonly uri: string;
  /** With all members and a database. */
  uriOf(database: string): string;
  readonly members: readonly Mongod[];
  /** Waits until one member is the primary that can write. */
  primary(): Promise<Mongod>;
  /** Lets the primary step down and stay no candidate for `seconds`. */
  stepDown(seconds?: number): Promise<void>;
}

const NAME = 'rs0';
const LOOK_EVERY_MS = 50;

/** Starts the members and makes them a replica set that has a primary, and of which each other one can become it. */
export async function replicaSet({
  mongod,
  size = 3,
  electionTimeoutMs = 10_000,
  args = [],
  knownAs = (port) => Promise.resolve(port),
}: ReplicaSetOptions): Promise<ReplicaSet> {
  const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-replica-set-'));
  const members: Mongod[] = [];
  const dispose = async () => {
    await Promise.all(members.map((member) => member.kill()));
    await rm(directory, { recursive: true, force: true, maxRetries: 20 });
  };
  try {
    const ports = [];
    for (let index = 0; index < size; index++) ports.push(await freePort());
    for (const port of ports) {
      const dataDir = join(directory, String(port));
      members.push(await startMongod(mongod, { port, dataDir, args: ['--replSet', NAME, ...args] }));
    }
    const hosts = await Promise.all(ports.map(async (port) => `127.0.0.1:${await knownAs(port)}`));
    const [first] = members;
    if (!first) throw new Error('a replica set has a member');
    await first.admin({
      replSetInitiate: {
        _id: NAME,
        members: hosts.map((host, _id) => ({ _id, host })),
        settings: { electionTimeoutMillis: electionTimeoutMs },
      },
    });
    const uriOf = (database: string) => `mongodb://${hosts.join(',')}/${database}?replicaSet=${NAME}`;
    const set: ReplicaSet = {
      uri: uriOf(''),
      uriOf,
      members,
      primary: () => primaryOf(members),
      stepDown: async (seconds = 10) => {
        const primary = await primaryOf(members);
        await primary.admin({ replSetStepDown: seconds, secondaryCatchUpPeriodSecs: 5 });
      },
      [Symbol.asyncDispose]: dispose,
    };
    await set.primary();
    await Promise.all(members.map(hasData));
    return set;
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function primaryOf(members: readonly Mongod[]): Promise<Mongod> {
  for (;;) {
    const found = await Promise.any(members.map(ifPrimary)).catch(() => undefined);
    if (found) return found;
    await pause(LOOK_EVERY_MS);
  }
}

/** Until then a member could not be elected. */
async function hasData(member: Mongod): Promise<void> {
  for (;;) {
    const { isWritablePrimary, secondary } = await member.admin({ hello: 1 });
    if (isWritablePrimary === true || secondary === true) return;
    await pause(LOOK_EVERY_MS);
  }
}

async function ifPrimary(member: Mongod): Promise<Mongod> {
  const { isWritablePrimary } = await member.admin({ hello: 1 });
  if (isWritablePrimary !== true) throw new Error('another one, or none');
  return member;
}
