import { type Mongod, type NameServer, replicaSet, type ReplicaSet } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { databaseProxy, type DatabaseProxy } from './database-proxy.ts';
import { DATABASE_NAME } from './fault-database.ts';
import { isReady, type Outage } from './fault-system.ts';
import type { ReplicaSetKind } from './kinds.ts';
import { type SufferingSystem, systemOn } from './running-processes.ts';

/** An {@link Outage}, and from when on something can be acknowledged again. */
export interface SetOutage extends Outage {
  readonly kind: ReplicaSetKind;
  /** When a member became the primary, or the way to it was open again. */
  readonly possibleAtMs: number[];
}

/** Server and worker on a replica set of three, to whose members anything may happen. */
export interface FaultReplicaSet extends SufferingSystem {
  readonly outages: readonly SetOutage[];
  pids(): readonly { program: string; pid: number }[];
  /** Resolves when it is over, every member is there again and the system works. */
  suffer(kind: ReplicaSetKind): Promise<void>;
}

interface FaultReplicaSetOptions {
  mongod: string;
  names: NameServer;
  electionTimeoutMs: number;
  /** How long a member that is stopped lets others notice. */
  quiesceMs: number;
  /** How long members are frozen or cut off. */
  frozenMs: number;
}

const LOOK_MS = 50;
/** As the driver of our processes names itself; members name themselves otherwise. */
const OUR_NAME = 'interview-webhooks';

export async function faultReplicaSet(options: FaultReplicaSetOptions): Promise<FaultReplicaSet> {
  const { mongod, names, electionTimeoutMs, quiesceMs, frozenMs } = options;
  const proxies = new Map<number, DatabaseProxy>();
  const knownAs = async (port: number) => {
    const proxy = await databaseProxy({ host: '127.0.0.1', port }, OUR_NAME);
    proxies.set(port, proxy);
    return proxy.port;
  };
  const args = ['--setParameter', `shutdownTimeoutMillisForSignaledShutdown=${quiesceMs}`];
  const set = await replicaSet({ mongod, electionTimeoutMs, args, knownAs });
  const uri = set.uriOf(DATABASE_NAME);
  const { api, url, apiKey, processes } = await systemOn({ uri }, names);
  const outages: SetOutage[] = [];
  const happen = faultsOf({ set, proxies, frozenMs, processes });
  await processes.start('server');
  await processes.start('worker');
  return {
    api,
    url,
    apiKey,
    databaseUri: uri,
    outages,
    ended: processes.ended,
    pids: processes.pids,
    async suffer(kind) {
      const outage: SetOutage = { kind, fromMs: monotonicMs(), untilMs: Infinity, possibleAtMs: [] };
      outages.push(outage);
      const watch = watchPrimary(set, () => outage.possibleAtMs.push(monotonicMs()));
      const opened = await happen[kind]();
      if (opened !== undefined) outage.possibleAtMs.push(opened);
      await untilWhole(set);
      while (!(await isReady(api))) await pause(LOOK_MS);
      await watch.end();
      outage.untilMs = monotonicMs();
    },
    [Symbol.asyncDispose]: async () => {
      await processes.end();
      await set[Symbol.asyncDispose]();
      for (const proxy of proxies.values()) await proxy[Symbol.asyncDispose]();
    },
  };
}

interface Sufferer extends Pick<FaultReplicaSetOptions, 'frozenMs'> {
  set: ReplicaSet;
  proxies: ReadonlyMap<number, DatabaseProxy>;
  processes: Pick<Awaited<ReturnType<typeof systemOn>>['processes'], 'kill'>;
}

/** @returns for each kind what does it, and gives when the way to the primary was open again, where it was closed */
function faultsOf({ set, proxies, frozenMs, processes }: Sufferer) {
  const others = (primary: Mongod) => set.members.filter((member) => member !== primary);
  const killPrimary = async (beside: readonly Promise<void>[] = []) => {
    const primary = await set.primary();
    await Promise.all([primary.kill(), ...beside]);
    await set.primary();
    await primary.start();
    return undefined;
  };
  const freeze = async (members: readonly Mongod[]) => {
    for (const member of members) member.freeze();
    await pause(frozenMs);
    for (const member of members) member.thaw();
    return undefined;
  };
  return {
    'primary-killed': () => killPrimary(),
    'primary-frozen': async () => freeze([await set.primary()]),
    'primary-steps-down': async () => {
      await set.stepDown();
      return undefined;
    },
    'secondaries-frozen': async () => freeze(others(await set.primary())),
    'primary-cut-off': async () => {
      const proxy = proxies.get((await set.primary()).port);
      proxy?.weather('half-open');
      await pause(frozenMs / 2);
      proxy?.weather('fair');
      return monotonicMs();
    },
    'rolling-restart': async () => {
      const primary = await set.primary();
      for (const member of [...others(primary), primary]) {
        await member.stop();
        await member.start();
        await untilWhole(set);
      }
      return undefined;
    },
    'all-killed': () => killPrimary([processes.kill('server'), processes.kill('worker')]),
  } satisfies Record<ReplicaSetKind, () => Promise<number | undefined>>;
}

/** Resolves when one member is the primary and all others follow it. */
async function untilWhole({ members }: ReplicaSet): Promise<void> {
  for (;;) {
    const states = await Promise.all(members.map((member) => member.admin({ hello: 1 }).catch(() => ({}))));
    const having = (name: string) => states.filter((state) => name in state && state[name as never] === true);
    if (having('isWritablePrimary').length === 1 && having('secondary').length === members.length - 1) return;
    await pause(LOOK_MS);
  }
}

/** Says when a member that was none is the primary. Each is asked by itself: one may not answer. */
function watchPrimary({ members }: ReplicaSet, isPrimary: () => void) {
  let isOver = false;
  const watch = async (member: Mongod) => {
    let was: boolean | undefined;
    while (!isOver) {
      const answer = await member.admin({ hello: 1 }).catch(() => undefined);
      const is = answer?.['isWritablePrimary'] === true;
      if (is && was === false) isPrimary();
      // One that does not answer was frozen or is down: what it is then, it says later.
      if (answer) was = is;
      else was ??= false;
      await pause(LOOK_MS);
    }
  };
  const watching = Promise.all(members.map(watch));
  return {
    end: async () => {
      isOver = true;
      await watching;
    },
  };
}
