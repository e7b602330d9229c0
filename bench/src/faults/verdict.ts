import type { Delivery } from '@interview-webhooks/schema';
import type { Fates } from './callers.ts';
import type { Arrival } from './fault-receiver.ts';
import type { Outage } from './fault-system.ts';
import { LEASE_MS } from './running-processes.ts';
import { forEachKind, type Kind } from './kinds.ts';

/** What is known when a run is over. */
export interface Evidence {
  fates: Fates;
  arrivals: readonly Arrival[];
  deliveries: readonly Delivery[];
  outages: readonly Outage[];
}

/** Why a webhook was accepted more than once. */
type Cause = Kind | 'lease-ran-out' | 'unexplained';

export interface Verdict {
  acknowledged: number;
  refused: number;
  unknown: number;
  arrivals: number;
  /** Webhooks that were accepted more than once, by why. */
  repeats: Record<Cause, number>;
  /** What must not be. */
  violations: string[];
}

/** What was in the air when something went wrong may be noticed so much later. */
const AFTERMATH_MS = 2_000;
/** Signed with the database's time: what is further off was signed by a clock of its own, which is a minute off. */
const MAX_SIGNED_OFF_MS = 30_000;

/** Whether the system has kept what it promises about deliveries. */
export function judge({ fates, arrivals, deliveries, outages }: Evidence): Verdict {
  const accepted = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    if (arrival.accepted) accepted.set(arrival.id, [...(accepted.get(arrival.id) ?? []), arrival]);
  }
  const repeats: Record<Cause, number> = { ...forEachKind(() => 0), 'lease-ran-out': 0, unexplained: 0 };
  const violations = [...arrivalFaults(arrivals, fates), ...deliveryFaults(accepted, deliveries, fates)];
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

function arrivalFaults(arrivals: readonly Arrival[], fates: Fates): string[] {
  const bodies = new Map<string, string>();
  return arrivals.flatMap(({ id, body, signedOffMs }) => {
    const isChanged = (bodies.get(id) ?? body) !== body;
    bodies.set(id, body);
    return [
      ...(isChanged ? [`${id} arrived with different bodies`] : []),
      ...(fates.has(id) ? [] : [`${id} arrived and nobody told of it`]),
      ...(fates.get(id) === 'refused' ? [`${id} arrived and was refused`] : []),
      ...(Math.abs(signedOffMs) > MAX_SIGNED_OFF_MS ? [`${id} was signed ${signedOffMs} ms off`] : []),
    ];
  });
}

function deliveryFaults(
  accepted: ReadonlyMap<string, unknown>,
  deliveries: readonly Delivery[],
  fates: Fates,
): string[] {
  const stored = new Map(deliveries.map((delivery) => [delivery.delivery_id, delivery]));
  const invented = [...stored.keys()].filter((id) => !fates.has(id));
  const unkept = [...fates].flatMap(([id, fate]) => {
    const { state, reason } = stored.get(id) ?? {};
    if (fate === 'refused') return state ? [`${id} was refused and has a delivery`] : [];
    if (fate !== 'acknowledged') return [];
    return [
      ...(accepted.has(id) ? [] : [`${id} was never delivered`]),
      ...(state === 'delivered'
        ? []
        : [`${id} is stuck: ${state ?? 'no delivery'}, ${reason ?? 'no reason'}`]),
    ];
  });
  return [...invented.map((id) => `${id} was invented`), ...unkept];
}

/** Who had it once gets it again only where the first answer could not be recorded. */
function whyAgain(firstMs: number, againMs: number, outages: readonly Outage[]): Cause {
  // Where a receiver cannot be found nothing is sent: that is no reason for twice.
  const isHit = ({ kind, fromMs, untilMs }: Outage) =>
    kind !== 'silent-dns' && fromMs <= againMs && untilMs + AFTERMATH_MS >= firstMs;
  const hit = outages.find(isHit);
  if (hit) return hit.kind;
  // A worker that a busy machine holds up for longer than its lease loses it to another.
  return againMs - firstMs >= LEASE_MS ? 'lease-ran-out' : 'unexplained';
}
