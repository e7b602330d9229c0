import type { Delivery } from '@interview-webhooks/schema';
import type { ApiClient } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { atRest, type AtRest } from './at-rest.ts';
import { type Candidate, type Fates, tellOf, type Ways, waysTo } from './callers.ts';
import { faultReceiver, type FaultReceiver } from './fault-receiver.ts';
import { faultSystem, type FaultSystem, type Outage } from './fault-system.ts';
import { forEachKind, type Kind, kinds, type SystemKind } from './kinds.ts';
import { type Operator, operatorOf } from './operator.ts';
import { randomNumbers, randomOf } from './random.ts';
import { writeSettings } from './settings-writers.ts';
import { judge, type Verdict } from './verdict.ts';

export interface FaultRun {
  /** Decides what happens in which order, who gives up, and how each attempt fails. */
  seed: number;
  /** Starts and submissions, refused ones included. */
  events: number;
  /** How long events are recorded, and things happen; each kind happens once in any case. */
  forMs: number;
  /** What may happen; everything unless given. */
  only?: readonly SystemKind[] | undefined;
}

export interface FaultReport extends Verdict, Omit<FaultRun, 'only'> {
  /** How often each happened. */
  happened: Record<Kind, number>;
  /** Changes of settings that were acknowledged. */
  settingsChanges: number;
  /** Webhooks that a receiver had switched off, and that were switched on again. */
  switchedOn: number;
  /** Questions for receivers' names that DNS did not answer. */
  unansweredNames: number;
  /** What was asked for and cannot happen on this machine. */
  leftOut: SystemKind[];
}

/** How many origins the receiver has. */
export const ORIGINS = 8;
/** So many candidates are told of together. */
const TOGETHER = 10;
const MIN_PAUSE_MS = 200;
const MAX_PAUSE_MS = 1_000;
/** Longer than the longest pause of a breaker that has opened twice, and than three looks at a redelivery's counters. */
const SETTLES_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 100;

/** Records events while everything fails that can, then lets the system come to rest and looks at what became of them. */
export async function runFaults({ seed, events, forMs, only = kinds }: FaultRun): Promise<FaultReport> {
  await using receiver = await faultReceiver(seed, ORIGINS);
  await using system = await faultSystem(receiver.names);
  const { api, outages } = system;
  const possible = only.filter((kind) => system.possible.includes(kind));
  const ways = waysTo(system.url, system.apiKey, api);
  const interviews = await Promise.all(receiver.urls.map((url) => interview(api, url)));
  const operator = operatorOf(ways, interviews);
  const candidates = await invite(api, interviews, { seed, count: Math.ceil(events / 2) });
  const fates: Fates = new Map();

  const untilMs = monotonicMs() + forMs;
  const [, changes] = await Promise.all([
    tellOfAll(ways, candidates, { seed, fates, untilMs }),
    writeSettings(ways, seed, untilMs),
    breakThings(system, { only: possible, random: randomNumbers(seed), untilMs }),
    operator.lookUntil(untilMs),
  ]);
  const { verdict, wrongAtRest } = await cameToRest(
    { api, databaseUri: system.databaseUri, receiver, operator },
    { fates, changes, outages, withCounters: true },
  );
  return {
    seed,
    events: fates.size,
    forMs,
    happened: forEachKind((wanted) => outages.filter(({ kind }) => kind === wanted).length),
    settingsChanges: changes.size,
    switchedOn: operator.switchedOn(),
    unansweredNames: receiver.names.unanswered,
    leftOut: only.filter((kind) => !possible.includes(kind)),
    ...verdict,
    violations: [
      ...verdict.violations,
      ...wrongAtRest,
      ...system.ended.map((end) => `a process ended by itself: ${end}`),
    ],
  };
}

/** Invites candidates to the AI interviews; one in twenty may not start yet, and one does not exist. */
export async function invite(
  client: ApiClient,
  interviews: readonly string[],
  { seed, count }: { seed: number; count: number },
): Promise<Candidate[]> {
  const one = async (at: number): Promise<Candidate> => {
    const name = `candidate-${at}`;
    const chance = randomOf(seed, name);
    const body = {
      ai_interview_id: interviews[at % ORIGINS],
      candidate_name: name,
      candidate_email: `${name}@example.com`,
      ...(chance < 0.05 && { start_date: '2999-01-01 00:00' }),
    };
    // The contract of the route is in the schema package.
    const { response_id } = (await client.rest('POST', '/ai-interviews/invite', body)) as {
      response_id: string;
    };
    const responseId = at === 0 ? '0'.repeat(24) : response_id;
    const by = (['REST', 'tRPC', 'client'] as const)[at % 3] ?? 'REST';
    return { name, responseId, by, givesUp: chance > 0.95 };
  };
  const invited: Candidate[] = [];
  for (let at = 0; at < count; at += TOGETHER) {
    const size = Math.min(TOGETHER, count - at);
    invited.push(...(await Promise.all(Array.from({ length: size }, (_, next) => one(at + next)))));
  }
  return invited;
}

/** Sets one up whose webhooks go to `url`. @returns its id */
export async function interview(client: ApiClient, url: string): Promise<string> {
  const created = await client.rest('POST', '/ai-interviews', { ai_interview_name: 'Faults' });
  const { ai_interview_id } = created as { ai_interview_id: string };
  const webhooks = { start: { status: true, url }, submission: { status: true, url } };
  await client.rest('PUT', `/ai-interviews/settings/webhooks/${ai_interview_id}`, { webhooks });
  return ai_interview_id;
}

/** Spreads them over the time there is. */
export async function tellOfAll(
  ways: Ways,
  candidates: readonly Candidate[],
  { seed, fates, untilMs }: { seed: number; fates: Fates; untilMs: number },
): Promise<void> {
  const beganMs = monotonicMs();
  const told: Promise<void>[] = [];
  for (let at = 0; at < candidates.length; at += TOGETHER) {
    const dueMs = beganMs + ((untilMs - beganMs) * at) / candidates.length;
    await pause(Math.max(0, dueMs - monotonicMs()));
    told.push(tellOf(ways, candidates.slice(at, at + TOGETHER), { seed, fates }));
  }
  await Promise.all(told);
}

/** Lets one thing happen after the other, each as often as the others. */
async function breakThings(
  system: FaultSystem,
  { only, random, untilMs }: { only: readonly SystemKind[]; random: () => number; untilMs: number },
): Promise<void> {
  for (let round = 1; only.length > 0; round++) {
    for (const kind of shuffled(only, random)) {
      if (round > 1 && monotonicMs() >= untilMs) return;
      await pause(MIN_PAUSE_MS + (MAX_PAUSE_MS - MIN_PAUSE_MS) * random());
      await system.suffer(kind, random());
    }
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

interface Suffered {
  api: ApiClient;
  databaseUri: string;
  receiver: FaultReceiver;
  operator: Operator;
}

interface Told {
  fates: Fates;
  changes: Awaited<ReturnType<typeof writeSettings>>;
  outages: readonly Outage[];
  /** Whether the counters of redeliveries are counted again. */
  withCounters: boolean;
}

/** Lets receivers and the system come to rest, and looks at what became of what was told. */
export async function cameToRest(
  { api, databaseUri, receiver, operator }: Suffered,
  { fates, changes, outages, withCounters }: Told,
): Promise<{ verdict: Verdict; wrongAtRest: string[] }> {
  receiver.heal();
  await using stored = await atRest(databaseUri);
  await settled({ stored, receiver, operator }, fates);
  const deliveries = await allDeliveries(api);
  return {
    verdict: judge({ fates, arrivals: receiver.arrivals, deliveries, outages }),
    wrongAtRest: [
      ...(await stored.leftOver()),
      ...(await stored.historyFaults(changes)),
      ...(withCounters ? await stored.counterFaults() : []),
    ],
  };
}

/** Resolves when everything is delivered and recorded; what is not by then is the verdict's to name. */
async function settled(
  {
    stored,
    receiver: { arrivals },
    operator,
  }: { stored: AtRest; receiver: FaultReceiver; operator: Operator },
  fates: Fates,
): Promise<void> {
  const patience = monotonicMs() + SETTLES_WITHIN_MS;
  const isDelivered = () => {
    const accepted = new Set(arrivals.filter((arrival) => arrival.accepted).map(({ id }) => id));
    return [...fates].every(([id, fate]) => fate !== 'acknowledged' || accepted.has(id));
  };
  const isAtRest = async () => (await stored.leftOver()).length === 0;
  while (!(isDelivered() && (await isAtRest())) && monotonicMs() < patience) {
    await pause(LOOK_AGAIN_MS);
    await operator.look();
  }
}

interface Page {
  data: Delivery[];
  next_cursor: string | null;
}

async function page(client: ApiClient, query: string): Promise<Page> {
  // The contract of the route is in the schema package.
  return (await client.rest('GET', `/ai-interviews/webhooks/deliveries${query}`)) as Page;
}

async function allDeliveries(client: ApiClient): Promise<Delivery[]> {
  const found: Delivery[] = [];
  for (let query = '?limit=100'; ;) {
    const { data, next_cursor } = await page(client, query);
    found.push(...data);
    if (next_cursor === null) return found;
    query = `?limit=100&cursor=${next_cursor}`;
  }
}
