import type { ResponseDocument } from '@interview-webhooks/database';
import { isDatabaseUnavailable } from '@interview-webhooks/domain';
import type { EndpointHealth } from '../breaker/endpoint-health.ts';
import type { EngineOptions } from './engine-options.ts';
import { type Job, type Prepared, whyNot } from './job.ts';
import type { Place } from './lanes.ts';
import type { Leases } from './leases.ts';
import type { OutcomeCounts } from './outcome-counts.ts';
import { deliveriesOf, emptyOutbox, insertNew } from './outbox.ts';

export interface TakeUp {
  options: EngineOptions;
  health: EndpointHealth;
  leases: Leases;
  counts: OutcomeCounts;
  /** Whether there is room for one more at that place. */
  choose: (place: Place) => boolean;
  /** Begins with what is stored and this worker's. */
  take: (jobs: readonly Job[]) => void;
}

/**
 * Makes the deliveries of the events in outboxes. What can be sent now is inserted already leased, which saves the
 * claim; what waits for room, or for its endpoint, is due like any other; of a webhook that is off, only the record is
 * made.
 *
 * @returns whether something had to wait for room
 */
export async function takeUpNew(
  { options, health, leases, counts, choose, take }: TakeUp,
  responses: readonly ResponseDocument[],
): Promise<boolean> {
  const { services } = options;
  const made = await Promise.all(
    responses.map((response) =>
      deliveriesOf(options, response).catch((error: unknown) => {
        if (isDatabaseUnavailable(error)) throw error;
        // In the way of no other; its event stays in the outbox.
        options.log.error({ err: error, responseId: response._id }, 'an event cannot be made a delivery');
        return undefined;
      }),
    ),
  );
  const prepared = made.flatMap((deliveries) => deliveries ?? []);
  const failing = await health.read(prepared.map(({ place }) => place.endpoint));
  const leased = { state: 'delivering', lease: leases.worker, dueAt: leases.end() } as const;
  const mine: Prepared[] = [];
  let waits = false;
  for (const entry of prepared) {
    const { delivery, target, place } = entry;
    const off = whyNot(target);
    const until = failing.get(place.endpoint)?.openUntil;
    if (off) {
      Object.assign(delivery, { state: 'cancelled', reason: off, finishedAt: delivery.createdAt });
      delete delivery.dueAt;
    } else if (until) {
      Object.assign(delivery, { reason: 'endpoint-failing', dueAt: until });
    } else if (choose(place)) {
      Object.assign(delivery, leased);
      mine.push(entry);
    } else {
      waits = true;
    }
  }
  const deliveries = prepared.map(({ delivery }) => delivery);
  const inserted = await insertNew(services, deliveries);
  counts.cancelled(
    [...inserted].filter(({ state }) => state === 'cancelled'),
    services.now(),
  );
  take(
    mine
      .filter(({ delivery }) => inserted.has(delivery))
      .map((entry) => ({ ...entry, isKnownToFail: failing.has(entry.place.endpoint) })),
  );
  const recorded = responses.filter((_response, index) => made[index] !== undefined);
  if (recorded.length > 0) await emptyOutbox(services, recorded);
  return waits;
}
