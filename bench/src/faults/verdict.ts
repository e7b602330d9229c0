import type { Delivery } from '@interview-webhooks/schema';
import type { Fates } from './callers.ts';
import type { Arrival } from './fault-receiver.ts';
import { LEASE_MS, type Outage } from './fault-system.ts';

/** What is known when a run is over. */
export interface Evidence {
  fates: Fates;
  arrivals: readonly Arrival[];
  deliveries: readonly Delivery[];
  outages: readonly Outage[];
}

export interface Verdict {
  acknowledged: number;
  refused: number;
  unknown: number;
  arrivals: number;
  /** Webhooks that were accepted more than once, by why. */
  repeats: { outage: number; leaseRanOut: number; unexplained: number };
  /** What must not be. */
  violations: string[];
}

/** What was in the air when something died may be noticed so much later. */
const AFTERMATH_MS = 2_000;

/** Whether the system has kept what it promises. */
export function judge({ fates, arrivals, deliveries, outages }: Evidence): Verdict {
  const accepted = new Map<string, Arrival[]>();
  const bodies = new Map<string, string>();
  const violations: string[] = [];
  for (const arrival of arrivals) {
    const { id, body } = arrival;
    if (arrival.accepted) accepted.set(id, [...(accepted.get(id) ?? []), arrival]);
    if ((bodies.get(id) ?? body) !== body) violations.push(`${id} arrived with different bodies`);
    bodies.set(id, body);
    if (!fates.has(id)) violations.push(`${id} arrived and nobody told of it`);
    if (fates.get(id) === 'refused') violations.push(`${id} arrived and was refused`);
  }
  const stored = new Map(deliveries.map((delivery) => [delivery.delivery_id, delivery]));
  for (const [id, fate] of fates) {
    const { state, reason } = stored.get(id) ?? {};
    if (fate === 'refused' && state) violations.push(`${id} was refused and has a delivery`);
    if (fate === 'acknowledged' && !accepted.has(id)) violations.push(`${id} was never delivered`);
    if (fate === 'acknowledged' && state !== 'delivered')
      violations.push(`${id} is stuck: ${state ?? 'no delivery'}, ${reason ?? 'no reason'}`);
  }
  for (const id of stored.keys()) if (!fates.has(id)) violations.push(`${id} was invented`);

  const repeats = { outage: 0, leaseRanOut: 0, unexplained: 0 };
  for (const [id, times] of accepted) {
    for (const [at, { atMs }] of times.slice(1).entries()) {
      const why = whyAgain(times[at]?.atMs ?? atMs, atMs, outages);
      repeats[why]++;
      if (why === 'unexplained') violations.push(`${id} arrived again, and nothing had happened`);
    }
  }
  const count = (wanted: string) => [...fates.values()].filter((fate) => fate === wanted).length;
  return {
    acknowledged: count('acknowledged'),
    refused: count('refused'),
    unknown: count('unknown'),
    arrivals: arrivals.length,
    repeats,
    violations,
  };
}

/** Who had it once gets it again only where the first answer could not be recorded. */
function whyAgain(firstMs: number, againMs: number, outages: readonly Outage[]): keyof Verdict['repeats'] {
  const isHit = ({ fromMs, untilMs }: Outage) => fromMs <= againMs && untilMs + AFTERMATH_MS >= firstMs;
  if (outages.some(isHit)) return 'outage';
  // A worker that a busy machine holds up for longer than its lease loses it to another.
  return againMs - firstMs >= LEASE_MS ? 'leaseRanOut' : 'unexplained';
}
