import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { type CallTimes, type Latencies, latenciesOf, tookOf } from '../delivery/latencies.ts';
import { callAt } from '../delivery/load.ts';
import { steadyPerSecond } from '../delivery/rates.ts';
import { loadReceiver, type LoadReceiver } from '../delivery/receiver.ts';
import { cpuTimeMs } from '../system/cpu-time.ts';
import { monotonicMs } from '../system/monotonic-ms.ts';
import type { Adapter, Call, WebhookServer } from './adapter.ts';

/** Calls under way at a time. */
const ABREAST = 64;
/** Of what arrives while it is as fast as it can be, left out at each end: it begins and ends slowly. */
const CUT = 0.05;
/** Of the time at a fixed rate, what is not measured: 3 of 20 s. */
const WARM_UP_SHARE = 0.15;
const BETWEEN_RATES_MS = 1_500;

export interface ServerPlan {
  /** Calls that are made before anything is measured. */
  warmUpCalls: number;
  /** How many calls measure the throughput. */
  calls: number;
  /** Events a second, each offered for `seconds`. */
  rates: readonly number[];
  seconds: number;
  /** Of the server and of its stores, for their CPU time; none where it is not to be measured. */
  pids: readonly number[];
}

interface AtRate {
  perSecond: number;
  latencies: Latencies;
}

export interface ServerFigures {
  acknowledgedPerSecond: number;
  /** From the first call to the last receipt. */
  deliveredPerSecond: number;
  /** The same without the beginning and the end. */
  steadyPerSecond: number;
  /** CPU time of the processes for each call, in milliseconds. */
  cpuMsEach: number | undefined;
  atRates: AtRate[];
  /** Calls that were not acknowledged, by what was answered. */
  failures: Record<string, number>;
  /** Acknowledged, and not received. */
  missing: number;
  repeats: number;
}

/** Measures a server that runs, by its API alone. What it acknowledges and does not deliver is counted, not waited for. */
export async function measureServer(
  adapter: Adapter,
  server: WebhookServer,
  { warmUpCalls, calls, rates, seconds, pids }: ServerPlan,
): Promise<ServerFigures> {
  using receiver = await loadReceiver({ idField: adapter.idField });
  const offered = rates.reduce((sum, rate) => sum + rate * seconds, 0);
  const callOf = await adapter.setup(server, {
    receiverUrl: `http://127.0.0.1:${receiver.port}/hook`,
    calls: warmUpCalls + calls + offered,
  });
  await using caller = callerOf(server.url, callOf);
  await abreast({ caller, receiver }, warmUpCalls);
  const throughput = await measureThroughput({ caller, receiver }, calls, pids);
  const atRates: AtRate[] = [];
  for (const perSecond of rates) {
    await pause(BETWEEN_RATES_MS);
    atRates.push(await measureAtRate({ caller, receiver }, perSecond, seconds));
  }
  const missing = [...caller.times.keys()].filter((n) => !receiver.arrivedAtMs.has(String(n))).length;
  return { ...throughput, atRates, failures: caller.failures, missing, repeats: receiver.repeats() };
}

interface Measuring {
  caller: Caller;
  receiver: LoadReceiver;
}

async function measureThroughput({ caller, receiver }: Measuring, calls: number, pids: readonly number[]) {
  const cpuMs = () => (pids.length === 0 ? undefined : cpuTimeMs(...pids));
  const cpuBeforeMs = await cpuMs();
  const beganMs = monotonicMs();
  const { numbers, acknowledgedMs } = await abreast({ caller, receiver }, calls);
  const cpuAfterMs = await cpuMs();
  const arrivedMs = numbers.flatMap((n) => receiver.arrivedAtMs.get(String(n)) ?? []);
  const lastMs = arrivedMs.reduce((latest, at) => Math.max(latest, at), beganMs);
  return {
    acknowledgedPerSecond: (calls / (acknowledgedMs - beganMs)) * 1_000,
    deliveredPerSecond: (arrivedMs.length / (lastMs - beganMs)) * 1_000,
    steadyPerSecond: steadyPerSecond(arrivedMs, CUT),
    cpuMsEach:
      cpuBeforeMs === undefined || cpuAfterMs === undefined ? undefined : (cpuAfterMs - cpuBeforeMs) / calls,
  };
}

async function measureAtRate(
  { caller, receiver }: Measuring,
  perSecond: number,
  seconds: number,
): Promise<AtRate> {
  const numbers = caller.next(perSecond * seconds);
  const arrived = arrivalAfter({ caller, receiver });
  await callAt(numbers, caller.call, (ms) => (perSecond * ms) / 1_000);
  await arrived();
  const measured = numbers.slice(Math.round(numbers.length * WARM_UP_SHARE));
  const took = measured.flatMap((n) => {
    const receivedAtMs = receiver.arrivedAtMs.get(String(n));
    const times = caller.times.get(n);
    return receivedAtMs === undefined || times === undefined ? [] : [tookOf(times, receivedAtMs)];
  });
  return { perSecond, latencies: latenciesOf(took) };
}

/** Makes so many calls, some at a time, and waits for their webhooks. @returns which, and when the last was acknowledged */
async function abreast({ caller, receiver }: Measuring, calls: number) {
  const numbers = caller.next(calls);
  const arrived = arrivalAfter({ caller, receiver });
  let next = 0;
  const work = async () => {
    for (let n = numbers[next++]; n !== undefined; n = numbers[next++]) await caller.call(n);
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
  const acknowledgedMs = monotonicMs();
  await arrived();
  return { numbers, acknowledgedMs };
}

/**
 * Waits until all has arrived that is acknowledged from now on, or until nothing new has come for long: a server may lose
 * some.
 */
function arrivalAfter({ caller, receiver }: Measuring): () => Promise<void> {
  const [received, acknowledged] = [receiver.arrivedAtMs.size, caller.times.size];
  return () =>
    receiver.until(received + caller.times.size - acknowledged).catch((cause: unknown) => {
      process.stderr.write(`${String(cause)}\n`);
    });
}

interface Caller extends AsyncDisposable {
  /** The next so many numbers of calls. */
  next(count: number): number[];
  /** Makes the nth call; one that fails is counted. */
  readonly call: (n: number) => Promise<void>;
  readonly times: ReadonlyMap<number, CallTimes>;
  readonly failures: Record<string, number>;
}

function callerOf(url: string, callOf: (n: number) => Call): Caller {
  const pool = new Pool(url, { connections: ABREAST });
  const times = new Map<number, CallTimes>();
  const failures: Record<string, number> = {};
  let nextNumber = 0;
  const fail = (what: string) => {
    failures[what] = (failures[what] ?? 0) + 1;
  };
  const call = async (n: number) => {
    const { path, method = 'POST', headers, body } = callOf(n);
    const calledAtMs = monotonicMs();
    const answer = await pool.request({
      path,
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
    });
    const text = await answer.body.text();
    if (answer.statusCode < 300) times.set(n, { calledAtMs, acknowledgedAtMs: monotonicMs() });
    else fail(`${answer.statusCode} ${text.slice(0, 80)}`);
  };
  return {
    next: (count) => Array.from({ length: count }, () => nextNumber++),
    call: (n) =>
      call(n).catch((error: unknown) => {
        fail(error instanceof Error ? error.message : String(error));
      }),
    times,
    failures,
    [Symbol.asyncDispose]: () => pool.close(),
  };
}
