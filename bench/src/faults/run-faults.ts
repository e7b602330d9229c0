import type { Delivery } from '@interview-webhooks/schema';
import type { ApiClient } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { type Candidate, type Fates, tellOf } from './callers.ts';
import { faultReceiver, type FaultReceiver } from './fault-receiver.ts';
import { faultSystem, type FaultSystem, type Part, parts } from './fault-system.ts';
import { randomNumbers, randomOf } from './random.ts';
import { judge, type Verdict } from './verdict.ts';

export interface FaultRun {
  /** Decides what dies in which order, who gives up, and how each attempt fails. */
  seed: number;
  /** Starts and submissions, refused ones included. */
  events: number;
  /** How long events are recorded, and things die. */
  forMs: number;
}

export interface FaultReport extends Verdict, FaultRun {
  kills: Record<Part, number>;
}

const ORIGINS = 8;
/** So many candidates are told of together. */
const TOGETHER = 10;
const MIN_PAUSE_MS = 200;
const MAX_PAUSE_MS = 1_500;
/** Longer than the longest pause of a breaker that has opened twice. */
const SETTLES_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 100;

/** Records events while everything fails that can, then lets the system come to rest and looks at what became of them. */
export async function runFaults({ seed, events, forMs }: FaultRun): Promise<FaultReport> {
  await using receiver = await faultReceiver(seed);
  await using system = await faultSystem();
  const { client, outages } = system;
  const candidates = await invite(client, receiver, { seed, count: Math.ceil(events / 2) });
  const fates: Fates = new Map();

  const untilMs = monotonicMs() + forMs;
  await Promise.all([
    tellOfAll(client, candidates, { seed, fates, untilMs }),
    breakThings(system, randomNumbers(seed), untilMs),
  ]);
  receiver.heal();
  await settled(client, receiver, fates);
  const verdict = judge({
    fates,
    arrivals: receiver.arrivals,
    deliveries: await allDeliveries(client),
    outages,
  });
  const killsOf = (wanted: Part) => outages.filter(({ part }) => part === wanted).length;
  const kills = { server: killsOf('server'), worker: killsOf('worker'), database: killsOf('database') };
  return { seed, events: fates.size, forMs, kills, ...verdict };
}

/** Invites candidates to AI interviews of different endpoints; one in twenty may not start yet, and one does not exist. */
async function invite(
  client: ApiClient,
  receiver: FaultReceiver,
  { seed, count }: { seed: number; count: number },
): Promise<Candidate[]> {
  const interviews = await Promise.all(
    Array.from({ length: ORIGINS }, (_, at) => interview(client, receiver.urlOf(at))),
  );
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
    return { name, responseId, by: chance < 0.5 ? 'REST' : 'tRPC', givesUp: chance > 0.95 };
  };
  const invited: Candidate[] = [];
  for (let at = 0; at < count; at += TOGETHER) {
    const size = Math.min(TOGETHER, count - at);
    invited.push(...(await Promise.all(Array.from({ length: size }, (_, next) => one(at + next)))));
  }
  return invited;
}

async function interview(client: ApiClient, url: string): Promise<string> {
  const created = await client.rest('POST', '/ai-interviews', { ai_interview_name: 'Faults' });
  const { ai_interview_id } = created as { ai_interview_id: string };
  const webhooks = { start: { status: true, url }, submission: { status: true, url } };
  await client.rest('PUT', `/ai-interviews/settings/webhooks/${ai_interview_id}`, { webhooks });
  return ai_interview_id;
}

/** Spreads them over the time there is. */
async function tellOfAll(
  client: ApiClient,
  candidates: readonly Candidate[],
  { seed, fates, untilMs }: { seed: number; fates: Fates; untilMs: number },
): Promise<void> {
  const beganMs = monotonicMs();
  const told: Promise<void>[] = [];
  for (let at = 0; at < candidates.length; at += TOGETHER) {
    const dueMs = beganMs + ((untilMs - beganMs) * at) / candidates.length;
    await pause(Math.max(0, dueMs - monotonicMs()));
    told.push(tellOf(client, candidates.slice(at, at + TOGETHER), { seed, fates }));
  }
  await Promise.all(told);
}

/** Kills one part after the other, each as often as the others. */
async function breakThings(system: FaultSystem, random: () => number, untilMs: number): Promise<void> {
  while (monotonicMs() < untilMs) {
    for (const part of shuffled(parts, random)) {
      await pause(MIN_PAUSE_MS + (MAX_PAUSE_MS - MIN_PAUSE_MS) * random());
      await system.kill(part);
    }
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Resolves when everything is delivered and recorded; what is not by then is the verdict's to name. */
async function settled(client: ApiClient, { arrivals }: FaultReceiver, fates: Fates): Promise<void> {
  const patience = monotonicMs() + SETTLES_WITHIN_MS;
  const isDelivered = () => {
    const accepted = new Set(arrivals.filter((arrival) => arrival.accepted).map(({ id }) => id));
    return [...fates].every(([id, fate]) => fate !== 'acknowledged' || accepted.has(id));
  };
  const isQueueEmpty = async () => {
    for (const state of ['pending', 'delivering']) {
      if ((await page(client, `?limit=1&state=${state}`)).data.length > 0) return false;
    }
    return true;
  };
  while (!(isDelivered() && (await isQueueEmpty())) && monotonicMs() < patience) await pause(LOOK_AGAIN_MS);
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
