import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../report/percentile.ts';
import { residentMb } from '../system/memory.ts';
import { cpuTimeMs } from '../system/cpu-time.ts';
import { type Stack, startStack } from '../system/stack.ts';
import { statementsOf } from '../system/statements.ts';
import { offer, sustain } from './load.ts';
import { rawLoop } from './raw-loop.ts';
import { loadReceiver } from './receiver.ts';
import { recorder, type RecorderKind } from './recorders.ts';
import { seed } from './seed.ts';

/** What a case is measured with. */
export interface CaseOptions {
  workers: number;
  endpoints: number;
  by: RecorderKind;
}

export interface RunOptions {
  quick: boolean;
  profileTo?: string | undefined;
}

/** What was found; a case gives what it measures. */
export interface Measured {
  perSecond?: number;
  p50Ms?: number;
  p99Ms?: number;
  statementsEach?: number;
  /** CPU time of the server and of the database for each delivery, in milliseconds: a busy machine changes it least. */
  serverCpuMs?: number | undefined;
  databaseCpuMs?: number | undefined;
  repeats?: number;
  queued?: number;
  residentMb?: number;
}

const OFFERED_PER_SECOND = 500;
/** More than could be started in the time there is. */
const MAX_PER_SECOND = 8_000;

export async function limit({ quick }: RunOptions): Promise<Measured> {
  using receiver = await loadReceiver();
  await rawLoop(receiver, 500);
  return { perSecond: await rawLoop(receiver, quick ? 2_000 : 5_000) };
}

export async function sustained(options: CaseOptions, { quick, profileTo }: RunOptions): Promise<Measured> {
  const times = quick ? { warmUpMs: 1_000, forMs: 3_000 } : { warmUpMs: 3_000, forMs: 8_000 };
  using receiver = await loadReceiver();
  await using stack = await startStack({ workers: options.workers, profileTo });
  const responses = ((times.warmUpMs + times.forMs) / 1000) * MAX_PER_SECOND;
  const ids = await seed(stack, { endpoints: options.endpoints, responses, port: receiver.port });
  await using starts = recorder(options.by, stack.server);
  const costs = await costsFrom(stack);
  const { perSecond, recorded } = await sustain({ recorder: starts, receiver }, ids, times);
  return { perSecond, ...(await costs(recorded)), repeats: receiver.repeats() };
}

/** Begins to count; gives what each delivery has cost since. */
async function costsFrom({ server, database, databasePid }: Stack) {
  const look = async () => ({
    statements: await statementsOf(database),
    serverMs: await cpuTimeMs(server.pid),
    databaseMs: await cpuTimeMs(databasePid),
  });
  const before = await look();
  return async (deliveries: number) => {
    const after = await look();
    const each = (from?: number, to?: number) =>
      from === undefined || to === undefined ? undefined : (to - from) / deliveries;
    return {
      statementsEach: (after.statements - before.statements) / deliveries,
      serverCpuMs: each(before.serverMs, after.serverMs),
      databaseCpuMs: each(before.databaseMs, after.databaseMs),
    };
  };
}

export async function latency(options: CaseOptions, { quick, profileTo }: RunOptions): Promise<Measured> {
  const { warmUpMs, forMs } = quick ? { warmUpMs: 1_000, forMs: 3_000 } : { warmUpMs: 3_000, forMs: 10_000 };
  using receiver = await loadReceiver();
  await using stack = await startStack({ workers: options.workers, profileTo });
  const responses = ((warmUpMs + forMs) / 1000) * OFFERED_PER_SECOND;
  const ids = await seed(stack, { endpoints: options.endpoints, responses, port: receiver.port });
  await using starts = recorder(options.by, stack.server);
  const load = { perSecond: OFFERED_PER_SECOND, warmUpMs };
  const costs = await costsFrom(stack);
  const tookMs = await offer({ recorder: starts, receiver }, ids, load);
  return {
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    ...(await costs(ids.length)),
    repeats: receiver.repeats(),
  };
}

/** The server's memory while nothing can be delivered. */
export async function queued(options: CaseOptions, { quick, profileTo }: RunOptions): Promise<Measured> {
  const responses = quick ? 10_000 : 100_000;
  const port = await deadPort();
  await using stack = await startStack({ workers: options.workers, profileTo });
  const ids = await seed(stack, { endpoints: options.endpoints, responses, port });
  await using starts = recorder(options.by, stack.server);
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
