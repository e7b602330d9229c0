import { setTimeout as pause } from 'node:timers/promises';
import { residentMb } from '../system/memory.ts';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { callLog, type Gap } from './call-log.ts';
import { type Candidate, type Fates, tellOf, type Ways, waysTo } from './callers.ts';
import { type FaultReplicaSet, faultReplicaSet } from './fault-replica-set.ts';
import { faultReceiver } from './fault-receiver.ts';
import type { replicaSetForms } from './forms.ts';
import { type ReplicaSetKind, replicaSetKinds } from './kinds.ts';
import { operatorOf } from './operator.ts';
import { cameToRest, interview, invite, ORIGINS } from './run-faults.ts';
import { writeSettings } from './settings-writers.ts';
import type { Verdict } from './verdict.ts';

export interface ReplicaSetRun {
  /** MongoDB's server. */
  mongod: string;
  /** Decides who gives up, and how each attempt fails. */
  seed: number;
  form: (typeof replicaSetForms)[keyof typeof replicaSetForms];
  /** What happens, in this order; everything unless given. */
  only?: readonly ReplicaSetKind[] | undefined;
}

export interface ReplicaSetReport extends Verdict {
  events: number;
  gaps: Gap[];
  /** Calls over REST, and batches over tRPC, by status. */
  statuses: Record<string, number>;
  longestCallMs: number;
  settingsChanges: number;
  /** The most that each program had in RAM. */
  memoryMb: Record<string, number>;
}

const TOGETHER = 5;
/** As `Retry-After` says, more or less: a thousand callers who ask ten times a second keep a small machine from anything else. */
const MAX_PAUSE_MS = 2_000;
/** Between two faults, so that what the first one leaves is over. */
const REST_MS = 3_000;
/** A promise: so soon after a new primary something is acknowledged. */
const AFTER_PRIMARY_MS = 3_000;
/** More means that something piles up: at rest each has a fifth of it. */
const MAX_MEMORY_MB = 600;
const LOOK_MS = 1_000;

/** Lets one thing after the other happen to a replica set while events are recorded, and looks at what became of them. */
export async function runReplicaSet({
  mongod,
  seed,
  form,
  only = replicaSetKinds,
}: ReplicaSetRun): Promise<ReplicaSetReport> {
  await using receiver = await faultReceiver(seed, ORIGINS);
  await using system = await faultReplicaSet({ mongod, names: receiver.names, ...form });
  const log = callLog(system.api);
  const ways = { ...waysTo(system.url, system.apiKey, system.api), api: log.api };
  const interviews = await Promise.all(receiver.urls.map((url) => interview(system.api, url)));
  const operator = operatorOf(ways, interviews);
  const candidates = await invite(system.api, interviews, { seed, count: form.candidates });
  const fates: Fates = new Map();
  const over = new AbortController();
  const memory = watchMemory(system, over.signal);
  const telling = tellUntil(ways, candidates, { seed, fates, perSecond: form.perSecond, over: over.signal });
  const changing = writeSettings(ways, seed, over.signal);
  for (const kind of only) {
    await pause(REST_MS);
    await system.suffer(kind);
  }
  await pause(REST_MS);
  over.abort();
  const [changes] = await Promise.all([changing, telling]);
  const { api, databaseUri, outages } = system;
  const { verdict, wrongAtRest } = await cameToRest(
    { api, databaseUri, receiver, operator },
    { fates, changes, outages, withCounters: false },
  );
  const gaps = log.gaps(system.outages);
  const memoryMb = await memory;
  return {
    ...verdict,
    events: fates.size,
    gaps,
    statuses: log.statuses(),
    longestCallMs: log.longestMs(),
    settingsChanges: changes.size,
    memoryMb,
    violations: [
      ...verdict.violations,
      ...wrongAtRest,
      ...log.faults(system.outages),
      ...gaps.flatMap(gapFaults),
      ...Object.entries(memoryMb).flatMap(([name, mb]) =>
        mb > MAX_MEMORY_MB ? [`the ${name} had ${Math.round(mb)} MB`] : [],
      ),
      ...system.ended.map((end) => `a process ended by itself: ${end}`),
    ],
  };
}

function gapFaults({ kind, afterPrimaryMs = 0 }: Gap): string[] {
  // Where the server is killed as well, it starts meanwhile.
  if (kind === 'all-killed' || afterPrimaryMs <= AFTER_PRIMARY_MS) return [];
  return [`${kind}: acknowledged again ${Math.round(afterPrimaryMs)} ms after it was possible`];
}

/** Candidates who start and submit, so many a second, until it is over. */
async function tellUntil(
  ways: Ways,
  candidates: readonly Candidate[],
  { perSecond, over, ...told }: { seed: number; fates: Fates; perSecond: number; over: AbortSignal },
): Promise<void> {
  const beganMs = monotonicMs();
  const telling: Promise<void>[] = [];
  for (let at = 0; at < candidates.length && !over.aborted; at += TOGETHER) {
    await pause(Math.max(0, beganMs + (at / perSecond) * 1_000 - monotonicMs()));
    telling.push(tellOf(ways, candidates.slice(at, at + TOGETHER), { ...told, maxPauseMs: MAX_PAUSE_MS }));
  }
  await Promise.all(telling);
}

/** The most that each program has in RAM until it is over. */
async function watchMemory(
  { pids }: Pick<FaultReplicaSet, 'pids'>,
  over: AbortSignal,
): Promise<Record<string, number>> {
  const most: Record<string, number> = {};
  while (!over.aborted) {
    for (const { program, pid } of pids()) {
      // One that has just been killed has none.
      const mb = await residentMb(pid).catch(() => 0);
      most[program] = Math.max(most[program] ?? 0, mb);
    }
    await pause(LOOK_MS);
  }
  return most;
}
