import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../report/percentile.ts';
import type { DatabaseKind } from '../system/bench-database.ts';
import { residentMb } from '../system/memory.ts';
import { startStack } from '../system/stack.ts';
import { byKind, type Statements } from '../system/statements.ts';
import { offer, startsFor, sustain } from './load.ts';
import { rawLoop } from './raw-loop.ts';
import { loadReceiver } from './receiver.ts';
import { recorder } from './recorders.ts';
import { seed } from './seed.ts';
import { type CaseOptions, openSubject, type Subject } from './subject.ts';

export interface RunOptions {
  quick: boolean;
  profileTo?: string | undefined;
  databaseKind: DatabaseKind;
}

/** What was found; a case gives what it measures. */
export interface Measured {
  perSecond?: number;
  p50Ms?: number;
  p99Ms?: number;
  statementsEach?: Statements | undefined;
  /** CPU time of the server and of the database for each delivery, in milliseconds: a busy machine changes it least. */
  serverCpuMs?: number | undefined;
  databaseCpuMs?: number | undefined;
  repeats?: number;
  queued?: number;
  residentMb?: number;
}

/** More than could be started in the time there is. */
const MAX_PER_SECOND = 8_000;

export async function limit({ quick }: Pick<RunOptions, 'quick'>): Promise<Measured> {
  using receiver = await loadReceiver();
  await rawLoop(receiver, 500);
  return { perSecond: await rawLoop(receiver, quick ? 2_000 : 5_000) };
}

export async function sustained(options: CaseOptions, { quick, ...where }: RunOptions): Promise<Measured> {
  const times = quick ? { warmUpMs: 1_000, forMs: 3_000 } : { warmUpMs: 3_000, forMs: 8_000 };
  const responses = ((times.warmUpMs + times.forMs) / 1000) * MAX_PER_SECOND;
  using receiver = await loadReceiver();
  await using subject = await openSubject(options, { receiver, responses, ...where });
  const costs = await costsFrom(subject);
  const { perSecond, recorded } = await sustain({ recorder: subject.starts, receiver }, subject.ids, times);
  return { perSecond, ...(await costs(recorded)), repeats: receiver.repeats() };
}

/** Begins to count; gives what each delivery has cost since. */
async function costsFrom(subject: Subject) {
  const before = await subject.costs();
  return async (deliveries: number) => {
    const after = await subject.costs();
    const each = (from?: number, to?: number) =>
      from === undefined || to === undefined ? undefined : (to - from) / deliveries;
    const [from, to] = [before.statements, after.statements];
    return {
      statementsEach: from && to && byKind((kind) => (to[kind] - from[kind]) / deliveries),
      serverCpuMs: each(before.serverMs, after.serverMs),
      databaseCpuMs: each(before.databaseMs, after.databaseMs),
    };
  };
}

export async function latency(options: CaseOptions, { quick, ...where }: RunOptions): Promise<Measured> {
  const { warmUpMs, forMs } = quick ? { warmUpMs: 2_000, forMs: 3_000 } : { warmUpMs: 6_000, forMs: 10_000 };
  const toOffer = { perSecond: options.offeredPerSecond, warmUpMs };
  const responses = startsFor(toOffer, forMs);
  using receiver = await loadReceiver();
  await using subject = await openSubject(options, { receiver, responses, ...where });
  const costs = await costsFrom(subject);
  const tookMs = await offer({ recorder: subject.starts, receiver }, subject.ids, toOffer);
  return {
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    ...(await costs(subject.ids.length)),
    repeats: receiver.repeats(),
  };
}

/** The server's memory while nothing can be delivered. */
export async function queued(
  { workers, endpoints }: CaseOptions,
  { quick, ...where }: RunOptions,
): Promise<Measured> {
  const responses = quick ? 10_000 : 100_000;
  const port = await deadPort();
  await using stack = await startStack({ workers, ...where });
  const ids = await seed(stack, { endpoints, responses, port });
  await using starts = recorder('tRPC', stack.server);
  let most = 0;
  const look = async () => {
    most = Math.max(most, await residentMb(stack.server.pid));
  };
  let next = 0;
  const work = async () => {
    while (next < ids.length) {
      const batch = ids.slice(next, (next += starts.batch));
      await starts.record(batch);
      if (next % 1_000 === 0) await look();
    }
  };
  await Promise.all(Array.from({ length: starts.concurrency }, work));
  const { deliveries } = stack.database;
  const isQueued = { dueAt: { $exists: true } };
  while ((await deliveries.countDocuments(isQueued)) < responses) await pause(100);
  await look();
  return { queued: responses, residentMb: most };
}

/** A port where nobody listens any more. */
async function deadPort(): Promise<number> {
  using receiver = await loadReceiver();
  return receiver.port;
}
