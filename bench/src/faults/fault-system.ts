import type { ApiClient, NameServer } from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { faultDatabase } from './fault-database.ts';
import { type Kind, kinds, type SystemKind } from './kinds.ts';
import { LEASE_MS, type SufferingSystem, systemOn } from './running-processes.ts';
import { smallDisk } from './small-disk.ts';

/** Something was wrong from a moment to another. */
export interface Outage {
  readonly kind: Kind;
  readonly fromMs: number;
  untilMs: number;
}

/** Server, worker and database, each a process of its own to which anything may happen, and which comes back. */
export interface FaultSystem extends SufferingSystem {
  readonly outages: readonly Outage[];
  /** What can happen on this machine. */
  readonly possible: readonly SystemKind[];
  /**
   * Resolves when it is over and the system works again.
   *
   * @param chance from 0 up to 1, for how long and which way
   */
  suffer(kind: SystemKind, chance: number): Promise<void>;
}

const LOOK_AGAIN_MS = 25;
const MINUTE_MS = 60_000;
/** So long the network is bad: from hardly noticed to longer than a heartbeat of the driver waits. */
const BAD_NETWORK_MS = { from: 500, to: 5_000 };
const DISK_FULL_MS = 2_000;
/** A server that dies at a milestone does so at one of its first. */
const MILESTONES = 10;
/** From longer than what was found is taken for true to longer than a look-up waits: each silence is met. */
const SILENT_DNS_MS = { from: 2_500, to: 7_000 };
/** @param names where it looks receivers up */
export async function faultSystem(names: NameServer): Promise<FaultSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-faults-'));
  const disk = await smallDisk(dataDir);
  const database = await faultDatabase(dataDir);
  const { api, url, apiKey, processes } = await systemOn(database, names);
  const outages: Outage[] = [];

  const badNetwork = async (weather: 'late' | 'trickle' | 'half-open', chance: number) => {
    database.proxy.weather(weather);
    await pause(within(BAD_NETWORK_MS, chance));
    database.proxy.weather('fair');
  };
  const dies = (milestone: string, chance: number) =>
    processes.dies('server', `${milestone}:${1 + Math.floor(chance * MILESTONES)}`);
  const happen: Record<SystemKind, (chance: number) => Promise<void>> = {
    'kill-server': () => processes.kill('server'),
    'kill-worker': () => processes.kill('worker'),
    'kill-database': () => database.kill(),
    'dies-recorded': (chance) => dies('recorded', chance),
    'dies-attempted': (chance) => dies('attempted', chance),
    'dies-stored': (chance) => dies('stored', chance),
    'dies-leased': (chance) => dies('leased', chance),
    // Longer than its lease: meanwhile what it held is another's.
    'stop-worker': () => processes.stop('worker', LEASE_MS * 1.2),
    'wrong-clock': (chance) =>
      processes.kill('worker', { clockOffMs: chance < 0.5 ? -MINUTE_MS : MINUTE_MS }),
    'network-late': (chance) => badNetwork('late', chance),
    'network-trickle': (chance) => badNetwork('trickle', chance),
    'network-half-open': (chance) => badNetwork('half-open', chance),
    'network-reset': () => {
      database.proxy.reset();
      return Promise.resolve();
    },
    'silent-dns': async (chance) => {
      names.isSilent = true;
      await pause(within(SILENT_DNS_MS, chance));
      names.isSilent = false;
    },
    'disk-full': async () => {
      await disk?.fill();
      await database.writeUntilRefused();
      await pause(DISK_FULL_MS);
      await disk?.free();
    },
  };

  await processes.start('server');
  await processes.start('worker');
  return {
    api,
    url,
    apiKey,
    databaseUri: database.directUri,
    outages,
    possible: kinds.filter((kind) => disk !== undefined || kind !== 'disk-full'),
    ended: processes.ended,
    async suffer(kind, chance) {
      const outage: Outage = { kind, fromMs: monotonicMs(), untilMs: Infinity };
      outages.push(outage);
      await happen[kind](chance);
      while (!(await isReady(api))) await pause(LOOK_AGAIN_MS);
      outage.untilMs = monotonicMs();
    },
    [Symbol.asyncDispose]: async () => {
      await processes.end();
      await database[Symbol.asyncDispose]();
      await disk?.[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

function within({ from, to }: { from: number; to: number }, chance: number): number {
  return from + (to - from) * chance;
}

export async function isReady(api: ApiClient): Promise<boolean> {
  const answer = await api.call('GET', '/readyz').catch(() => undefined);
  return answer?.status === 200;
}
