import { eventId } from '@interview-webhooks/webhooks';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import type { LoadReceiver } from './receiver.ts';
import type { Recorder } from './recorders.ts';

/**
 * Acknowledged and not received yet, at most: beyond it the API is only asked as fast as webhooks arrive. What would be
 * measured otherwise is how fast a backlog grows.
 */
const MAX_BEHIND = 1_000;
const LOOK_AGAIN_MS = 5;

export interface Sustained {
  /** Webhooks received in a second, by the receiver's clock, after the warm-up. */
  perSecond: number;
  recorded: number;
}

/** Records starts as fast as their webhooks arrive, for `forMs` after `warmUpMs`, and waits for the last to arrive. */
export async function sustain(
  { recorder, receiver }: { recorder: Recorder; receiver: LoadReceiver },
  responseIds: readonly string[],
  { forMs, warmUpMs }: { forMs: number; warmUpMs: number },
): Promise<Sustained> {
  const from = monotonicMs() + warmUpMs;
  const to = from + forMs;
  let next = 0;
  let acknowledged = 0;
  const work = async () => {
    while (monotonicMs() < to) {
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
  await Promise.all(Array.from({ length: recorder.concurrency }, work));
  await receiver.until(acknowledged);
  let received = 0;
  for (const at of receiver.arrivedAtMs.values()) if (at >= from && at < to) received++;
  return { perSecond: received / (forMs / 1000), recorded: acknowledged };
}

export interface Offer {
  perSecond: number;
  /** How long the rate rises before that, and with it what is not measured. */
  warmUpMs: number;
  /** Whether the nth of them can arrive at all; all can unless it is given. */
  arrives?: (n: number) => boolean;
}

/** How many starts an offer takes. */
export function startsFor({ perSecond, warmUpMs }: Offer, forMs: number): number {
  return ((warmUpMs / 2 + forMs) / 1000) * perSecond;
}

/**
 * Records all starts at a fixed rate, whatever becomes of them. Before that at a rising one, until all of it has arrived:
 * what a process that has just begun does not get done would be measured later.
 *
 * @returns from the acknowledgement to the receipt of each that can arrive, in ms
 */
export async function offer(
  { recorder, receiver }: { recorder: Recorder; receiver: LoadReceiver },
  responseIds: readonly string[],
  { perSecond, warmUpMs, arrives = () => true }: Offer,
): Promise<number[]> {
  const acknowledgedAtMs = new Map<string, number>();
  const record = async (id: string) => {
    await recorder.record([id]);
    acknowledgedAtMs.set(id, monotonicMs());
  };
  const warmUps = startsFor({ perSecond, warmUpMs }, 0);
  await recordAt(responseIds.slice(0, warmUps), record, (ms) => (perSecond * ms * ms) / (2_000 * warmUpMs));
  await receiver.until(responseIds.filter((_, n) => n < warmUps && arrives(n)).length);
  await recordAt(responseIds.slice(warmUps), record, (ms) => (perSecond * ms) / 1000);
  await receiver.until(responseIds.filter((_, n) => arrives(n)).length);
  const measured = responseIds.filter((_, n) => n >= warmUps && arrives(n));
  return measured.map((id) => {
    const receivedAtMs = receiver.arrivedAtMs.get(eventId(id, 'ai_interview.start')) ?? NaN;
    // Something that arrives before the caller has read the answer took no time at all.
    return Math.max(0, receivedAtMs - (acknowledgedAtMs.get(id) ?? NaN));
  });
}

/** @param dueBy how many are to be recorded by so many milliseconds */
async function recordAt(
  responseIds: readonly string[],
  record: (id: string) => Promise<void>,
  dueBy: (ms: number) => number,
): Promise<void> {
  const began = monotonicMs();
  const requests: Promise<void>[] = [];
  for (let next = 0; next < responseIds.length;) {
    const due = Math.ceil(dueBy(monotonicMs() - began));
    requests.push(...responseIds.slice(next, due).map(record));
    next = Math.max(next, Math.min(due, responseIds.length));
    await pause(1);
  }
  await Promise.all(requests);
}
