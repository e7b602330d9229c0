import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseKind } from '../system/bench-database.ts';
import { residentMb } from '../system/memory.ts';
import { startStack } from '../system/stack.ts';
import { type Latencies, latenciesOf } from './latencies.ts';
import { offer, sustain } from './load.ts';
import { type CostsEach, costMeter } from './meter.ts';
import { callsFor } from './rates.ts';
import { rawLoop } from './raw-loop.ts';
import { loadReceiver } from './receiver.ts';
import { recorder } from './recorders.ts';
import { seed } from './seed.ts';
import { type CaseOptions, openSubject } from './subject.ts';

export interface RunOptions {
  quick: boolean;
  profileTo?: string | undefined;
  databaseKind: DatabaseKind;
}

/** What was found; a case gives what it measures. */
export interface Measured extends Partial<CostsEach> {
  perSecond?: number;
  latencies?: Latencies;
  /** One call alone on an idle server: the median of each kind, in milliseconds. */
  aloneMs?: Partial<Record<string, number>>;
  repeats?: number;
  queued?: number;
  residentMb?: number;
}

/** More than could be started in the time there is. */
const MAX_PER_SECOND = 8_000;

/** Until code is compiled and connections are open. Nothing counts before that: no rate, no statement, no CPU time. */
export function warmUpMs({ quick }: Pick<RunOptions, 'quick'>): number {
  return quick ? 1_000 : 4_000;
}

export async function limit(run: Pick<RunOptions, 'quick'>): Promise<Measured> {
  using receiver = await loadReceiver();
  await rawLoop(receiver, warmUpMs(run));
  return { perSecond: await rawLoop(receiver, run.quick ? 2_000 : 5_000) };
}

export async function sustained(options: CaseOptions, run: RunOptions): Promise<Measured> {
  const times = { warmUpMs: warmUpMs(run), forMs: run.quick ? 3_000 : 8_000 };
  const responses = ((times.warmUpMs + times.forMs) / 1_000) * MAX_PER_SECOND;
  using receiver = await loadReceiver();
  await using subject = await openSubject(options, { ...run, receiver, responses });
  const meter = costMeter(() => subject.costs());
  const { perSecond, received } = await sustain(
    { recorder: subject.starts, receiver, meter },
    subject.ids,
    times,
  );
  return { perSecond, ...meter.each(received), repeats: receiver.repeats() };
}

export async function latency(options: CaseOptions, run: RunOptions): Promise<Measured> {
  const toOffer = { perSecond: options.offeredPerSecond, warmUpMs: warmUpMs(run) };
  const responses = callsFor(toOffer, run.quick ? 3_000 : 10_000);
  using receiver = await loadReceiver();
  await using subject = await openSubject(options, { ...run, receiver, responses });
  const meter = costMeter(() => subject.costs());
  const took = await offer({ recorder: subject.starts, receiver, meter }, subject.ids, toOffer);
  return { latencies: latenciesOf(took), ...meter.each(took.length), repeats: receiver.repeats() };
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
