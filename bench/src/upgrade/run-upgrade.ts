import type { DeliveryDetails } from '@interview-webhooks/schema';
import {
  type ApiClient,
  apiClient,
  replicaSet,
  type SystemProcess,
  systemProcess,
} from '@interview-webhooks/testing';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Fates, waysTo } from '../faults/callers.ts';
import { DATABASE_NAME } from '../faults/fault-database.ts';
import { faultReceiver } from '../faults/fault-receiver.ts';
import { environment } from '../faults/running-processes.ts';
import { operatorOf } from '../faults/operator.ts';
import { cameToRest, interview, invite, ORIGINS, tellOfAll } from '../faults/run-faults.ts';
import { writeSettings } from '../faults/settings-writers.ts';
import type { Verdict } from '../faults/verdict.ts';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { type Balancer, balancer } from './balancer.ts';

export interface UpgradeRun {
  /** MongoDB's server. */
  mongod: string;
  /** Where the older version is built; the newer one is this checkout. */
  olderDirectory: string;
  seed: number;
  /** Starts and submissions, refused ones included. */
  events: number;
  /** How long they are recorded; a quarter of it each version runs alone. */
  forMs: number;
}

export interface UpgradeReport extends Verdict {
  /** How often each version has answered with which status. */
  answers: Record<string, number>;
  settingsChanges: number;
  /** What the newer version's `migrate` said. */
  migration: string;
}

/** Nobody dies here, so no lease has to run out soon: a busy machine is no reason for something to be sent twice. */
const patience = { WEBHOOK_LEASE_SECONDS: '30', WEBHOOK_TIMEOUT_SECONDS: '3' };

type Version = 'old' | 'new';

/** One server and one worker of a version. */
interface RunningVersion {
  readonly url: string;
  /** Takes the worker away, then the server, as a rolling deployment does. */
  stop(): Promise<string[]>;
}

/**
 * Upgrades a system on a replica set without a stop: callers go on, settings change and receivers fail while the older version
 * runs alone, both run side by side, and the newer one runs alone.
 */
export async function runUpgrade({
  mongod,
  olderDirectory,
  seed,
  events,
  forMs,
}: UpgradeRun): Promise<UpgradeReport> {
  await using set = await replicaSet({ mongod });
  await using receiver = await faultReceiver(seed, ORIGINS);
  await using front = await balancer();
  const apiKey = `upgrade_${randomBytes(24).toString('base64url')}`;
  const uri = set.uriOf(DATABASE_NAME);
  const env = { ...environment({ uri }, { port: 0, apiKey, names: receiver.names }), ...patience };
  await using versions = versionsOf(front, { env, olderDirectory });
  const old = await versions.start('old');
  const api = apiClient(front.url, apiKey);
  const ways = waysTo(front.url, apiKey, api);
  const interviews = await Promise.all(receiver.urls.map((url) => interview(api, url)));
  const operator = operatorOf(ways, interviews);
  const candidates = await invite(api, interviews, { seed, count: Math.ceil(events / 2) });
  const fates: Fates = new Map();

  const beganMs = monotonicMs();
  const untilMs = beganMs + forMs;
  const upgrade = async () => {
    await pause(forMs / 4);
    const migration = await versions.migrate();
    await versions.start('new');
    await pause(Math.max(0, beganMs + (forMs * 3) / 4 - monotonicMs()));
    return { migration, ends: await old.stop() };
  };
  const [{ migration, ends }, changes] = await Promise.all([
    upgrade(),
    writeSettings(ways, seed, untilMs),
    tellOfAll(ways, candidates, { seed, fates, untilMs }),
    operator.lookUntil(untilMs),
  ]);
  const { verdict, wrongAtRest } = await cameToRest(
    { api, databaseUri: uri, receiver, operator },
    { fates, changes, outages: [], withCounters: true },
  );
  return {
    ...verdict,
    answers: Object.fromEntries([...front.answers].sort()),
    settingsChanges: changes.size,
    migration,
    violations: [
      ...(await Promise.all(verdict.violations.map((violation) => withAttempts(api, violation)))),
      ...wrongAtRest,
      ...wrongAnswers(front.answers),
      ...ends,
      ...versions.ended,
    ],
  };
}

/** What the log has of the delivery that a violation begins with, for whoever looks for the cause. */
async function withAttempts(api: ApiClient, violation: string): Promise<string> {
  const [id = ''] = violation.split(' ', 1);
  const { json } = await api.call('GET', `/ai-interviews/webhooks/deliveries/${id}`);
  // As the route documents it; what is no delivery has no log.
  const { log = [] } = (json ?? {}) as Partial<DeliveryDetails>;
  const attempts = log.map(
    ({ started_at, status, error }) => `${started_at} ${status ?? ''}${error ? ` ${error.code}` : ''}`,
  );
  return [violation, ...attempts].join('; ');
}

/** 503 says that it is to be tried again; any other failure of a server is one too many. */
function wrongAnswers(answers: Balancer['answers']): string[] {
  const isWrong = (status = '') => status === 'no answer' || (Number(status) >= 500 && status !== '503');
  return [...answers]
    .filter(([answer]) => isWrong(answer.slice(answer.indexOf(' ') + 1)))
    .map(([answer, times]) => `${answer}: ${times} times`);
}

function versionsOf(
  front: Balancer,
  { env, olderDirectory }: { env: Record<string, string>; olderDirectory: string },
) {
  const running = new Set<SystemProcess>();
  const ended: string[] = [];
  const directories = { old: { directory: join(olderDirectory, 'apps/server') }, new: {} };

  const run = (version: Version, program: 'main' | 'worker') => {
    const started = systemProcess({ env, program, ...directories[version] });
    running.add(started);
    void started.exited.then(({ code, signal }) => {
      if (running.delete(started))
        ended.push(`${version} ${program} ended by itself: ${signal ?? code ?? ''}`);
    });
    return started;
  };
  /** @returns what was wrong with its end, in words */
  const stop = async (name: string, process: SystemProcess): Promise<string[]> => {
    running.delete(process);
    process.kill('SIGTERM');
    const { code, signal } = await process.exited;
    return code === 0 ? [] : [`${name} did not stop cleanly: ${signal ?? code ?? ''}`];
  };
  return {
    ended,
    async start(version: Version): Promise<RunningVersion> {
      const server = run(version, 'main');
      // Printed when it is ready.
      const [, url = ''] = await server.printed(/Dashboard +(http:\/\/\S+)\n/);
      front.add(version, url);
      const worker = run(version, 'worker');
      await worker.printed(/Delivering/);
      return {
        url,
        stop: async () => {
          const worst = await stop(`${version} worker`, worker);
          await front.remove(version);
          return [...worst, ...(await stop(`${version} server`, server))];
        },
      };
    },
    /** Makes the newer version's indexes beside the older one. */
    async migrate(): Promise<string> {
      const migration = systemProcess({ env, program: 'migrate' });
      const { code } = await migration.exited;
      if (code !== 0) throw new Error(`migrate ended with ${code}: ${migration.stderr()}`);
      return migration.stdout().trim();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map((process) => stop('', process)));
    },
  };
}
