import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../report/percentile.ts';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { offer } from './load.ts';
import { type Measured, type RunOptions, warmUpMs } from './measure.ts';
import { callsFor } from './rates.ts';
import { loadReceiver } from './receiver.ts';
import { type CaseOptions, openSubject } from './subject.ts';

/** Between two calls: what the one before has left to do is done by then. */
const IDLE_MS = 20;

/** One call at a time, to a server that is warm and has nothing else to do: the medians of each kind of call. */
export async function alone(options: CaseOptions, run: RunOptions): Promise<Measured> {
  const rounds = run.quick ? 30 : 150;
  const toOffer = { perSecond: options.offeredPerSecond, warmUpMs: warmUpMs(run) };
  const warmUps = callsFor(toOffer, 0);
  using receiver = await loadReceiver();
  await using subject = await openSubject(options, { ...run, receiver, responses: warmUps + rounds });
  const { ids, starts } = subject;
  const reads: Record<string, () => Promise<void>> = subject.reads ?? {};
  await offer({ recorder: starts, receiver }, ids.slice(0, warmUps), toOffer);
  const start = (round: number) => starts.record(ids.slice(warmUps + round, warmUps + round + 1));
  const calls = Object.entries({ start, ...reads });
  // A read is a call as the starts of the warm-up were, but over code that has not run yet.
  for (let call = 0; call < warmUps; call++) for (const read of Object.values(reads)) await read();
  const tookMs = new Map<string, number[]>(calls.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of calls) {
      await pause(IDLE_MS);
      const began = monotonicMs();
      await call(round);
      tookMs.get(name)?.push(monotonicMs() - began);
    }
  }
  return {
    aloneMs: Object.fromEntries([...tookMs].map(([name, values]) => [name, percentile(values, 0.5)])),
  };
}
