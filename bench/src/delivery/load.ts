import { eventId } from '@interview-webhooks/webhooks';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { type CallTimes, type Took, tookOf } from './latencies.ts';
import type { Meter } from './meter.ts';
import { callsFor, countWithin, type Window } from './rates.ts';
import type { LoadReceiver } from './receiver.ts';
import type { Recorder } from './recorders.ts';

/**
 * Acknowledged and not received yet, at most: beyond it the API is only asked as fast as webhooks arrive. What would be
 * measured otherwise is how fast a backlog grows.
 */
const MAX_BEHIND = 1_000;
const LOOK_AGAIN_MS = 5;

/** What starts are recorded with, where their webhooks arrive, and what counts the costs meanwhile. */
export interface Load {
  recorder: Recorder;
  receiver: LoadReceiver;
  meter?: Meter;
}

export interface Sustained {
  /** Webhooks received in a second, by the receiver's clock, after the warm-up. */
  perSecond: number;
  received: number;
}

/** Records starts as fast as their webhooks arrive, for `forMs` after `warmUpMs`, and waits for the last to arrive. */
export async function sustain(
  { recorder, receiver, meter }: Load,
  responseIds: readonly string[],
  { forMs, warmUpMs }: { forMs: number; warmUpMs: number },
): Promise<Sustained> {
  let isOver = false;
  let next = 0;
  let acknowledged = 0;
  const work = async () => {
    while (!isOver) {
      if (acknowledged - receiver.arrivedAtMs.size > MAX_BEHIND) {
        await pause(LOOK_AGAIN_MS);
        continue;
      }
      const ids = responseIds.slice(next, next + recorder.batch);
      if (ids.length === 0) throw new Error(`${responseIds.length} invitations are too few`);
      next += ids.length;
      await recorder.record(ids);
      acknowledged += ids.length;
    }
  };
  const measure = async (): Promise<Window> => {
    await pause(warmUpMs);
    await meter?.begin();
    const fromMs = monotonicMs();
    await pause(forMs);
    const toMs = monotonicMs();
    await meter?.end();
    isOver = true;
    return { fromMs, toMs };
  };
  const workers = Array.from({ length: recorder.concurrency }, work);
  const [window] = await Promise.all([measure(), ...workers]);
  await receiver.until(acknowledged);
  const received = countWithin(receiver.arrivedAtMs.values(), window);
  return { perSecond: (received / (window.toMs - window.fromMs)) * 1_000, received };
}

export interface Offer {
  perSecond: number;
  /** How long the rate rises before that, and with it what is not measured. */
  warmUpMs: number;
  /** Whether the nth of them can arrive at all; all can unless it is given. */
  arrives?: (n: number) => boolean;
}

/**
 * Records all starts at a fixed rate, whatever becomes of them. Before that at a rising one, until all of it has arrived:
 * what a process that has just begun does not get done would be measured later.
 *
 * @returns how long each took that can arrive
 */
export async function offer(
  { recorder, receiver, meter }: Load,
  responseIds: readonly string[],
  { perSecond, warmUpMs, arrives = () => true }: Offer,
): Promise<Took[]> {
  const calls = new Map<string, CallTimes>();
  const record = async (id: string) => {
    const calledAtMs = monotonicMs();
    await recorder.record([id]);
    calls.set(id, { calledAtMs, acknowledgedAtMs: monotonicMs() });
  };
  const warmUps = callsFor({ perSecond, warmUpMs }, 0);
  await callAt(responseIds.slice(0, warmUps), record, (ms) => (perSecond * ms * ms) / (2_000 * warmUpMs));
  await receiver.until(responseIds.filter((_, n) => n < warmUps && arrives(n)).length);
  await meter?.begin();
  await callAt(responseIds.slice(warmUps), record, (ms) => (perSecond * ms) / 1_000);
  await receiver.until(responseIds.filter((_, n) => arrives(n)).length);
  await meter?.end();
  const measured = responseIds.filter((_, n) => n >= warmUps && arrives(n));
  return measured.map((id) =>
    tookOf(calls.get(id), receiver.arrivedAtMs.get(eventId(id, 'ai_interview.start'))),
  );
}

/**
 * Makes a call for each item when it is due, whether or not those before it were answered.
 *
 * @param dueBy how many calls are to be made by so many milliseconds
 */
export async function callAt<Item>(
  items: readonly Item[],
  call: (item: Item) => Promise<void>,
  dueBy: (ms: number) => number,
): Promise<void> {
  const began = monotonicMs();
  const calls: Promise<void>[] = [];
  for (let next = 0; next < items.length;) {
    const due = Math.ceil(dueBy(monotonicMs() - began));
    calls.push(...items.slice(next, due).map(call));
    next = Math.max(next, Math.min(due, items.length));
    await pause(1);
  }
  await Promise.all(calls);
}
