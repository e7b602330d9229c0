import {
  createBatcher,
  type EndpointDocument,
  EVENT_REST_MS,
  type ResponseDocument,
} from '@interview-webhooks/database';
import { isDatabaseUnavailable } from '@interview-webhooks/domain';
import type { EndpointHealth } from '../breaker/endpoint-health.ts';
import type { Admission } from '../schedule/capacity.ts';
import type { EngineOptions } from './engine-options.ts';
import { type Job, type Prepared, whyNot } from './job.ts';
import type { Leases } from './leases.ts';
import type { OutcomeCounts } from './outcome-counts.ts';
import { deliveriesOf, deliveryIdsOf, emptyOutbox, insertNew, type Told } from './outbox.ts';

const rest = { restMs: EVENT_REST_MS };

export interface TakeUp {
  options: EngineOptions;
  health: EndpointHealth;
  leases: Leases;
  counts: OutcomeCounts;
  /** For one batch. */
  admission: () => Admission;
  /** Begins with what is stored and this worker's. */
  take: (jobs: readonly Job[]) => void;
  /** Something has to wait for room. */
  onWait: () => void;
  /** What has to wait for room is stored: whoever has room may send it. */
  onLeft: () => void;
}

/** Events made into deliveries, with what their endpoints are known for. */
interface Made {
  /** By what told of them; the same events may be told of twice. */
  deliveries: ReadonlyMap<Told, readonly Prepared[]>;
  failing: ReadonlyMap<string, EndpointDocument>;
}

/** A delivery that is to be stored. */
interface New {
  entry: Prepared;
  /** Its endpoint, where that fails. */
  failing: EndpointDocument | undefined;
}

/**
 * Makes the deliveries of the events in outboxes. What can be sent now is inserted already leased, which saves the
 * claim; what waits for room, or for its endpoint, is due like any other; of a webhook that is off, only the record is
 * made.
 *
 * Reading, storing and emptying the outbox have batches of their own, each going on while the others do: what has just
 * been recorded waits for no other's journal but that of its own batch.
 */
export function createTakeUp(takeUp: TakeUp) {
  const { services } = takeUp.options;
  const underWay = new Map<string, Promise<void>>();
  const making = createBatcher((told: readonly Told[]) => make(takeUp, told), rest);
  const storing = createBatcher((entries: readonly New[]) => store(takeUp, entries), rest);
  const emptying = createBatcher(
    (responses: readonly ResponseDocument[]) => emptyOutbox(services, responses),
    rest,
  );

  const work = async (told: Told) => {
    const { deliveries, failing } = await making.add(told);
    const made = deliveries.get(told);
    if (!made) return;
    await Promise.all(
      made.map((entry) => storing.add({ entry, failing: failing.get(entry.place.endpoint) })),
    );
    await emptying.add(told.response);
  };

  return {
    add(told: Told): Promise<void> {
      const id = told.response._id.toHexString();
      const done = work(told).finally(() => {
        if (underWay.get(id) === done) underWay.delete(id);
      });
      underWay.set(id, done);
      return done;
    },
    /** Whether the outbox of a response is being emptied here. */
    isUnderWay: ({ _id }: ResponseDocument): boolean => underWay.has(_id.toHexString()),
    /** Resolves when everything that was given is done, well or not. */
    async idle(): Promise<void> {
      while (underWay.size > 0) await Promise.allSettled(underWay.values());
    },
  };
}

async function make(
  { options, health }: Pick<TakeUp, 'options' | 'health'>,
  all: readonly Told[],
): Promise<Made> {
  const deliveries = new Map<Told, readonly Prepared[]>();
  await Promise.all(
    all.map(async (told) => {
      try {
        deliveries.set(told, await deliveriesOf(options, told));
      } catch (error) {
        if (isDatabaseUnavailable(error)) throw error;
        // In the way of no other; its event stays in the outbox.
        options.log.error(
          { err: error, deliveryIds: deliveryIdsOf(told.response) },
          'an event cannot be made a delivery',
        );
      }
    }),
  );
  const endpoints = [...deliveries.values()].flat().map(({ place }) => place.endpoint);
  return { deliveries, failing: await health.read(endpoints) };
}

async function store(
  { options, leases, counts, admission, take, onWait, onLeft }: Omit<TakeUp, 'health'>,
  news: readonly New[],
): Promise<void> {
  const { services } = options;
  const admit = admission();
  const leased = { state: 'delivering', lease: leases.worker, dueAt: leases.end() } as const;
  const mine: New[] = [];
  let isLeft = false;
  for (const one of news) {
    const { delivery, target, place } = one.entry;
    const off = whyNot(target);
    const until = one.failing?.openUntil;
    if (off) {
      Object.assign(delivery, { state: 'cancelled', reason: off, finishedAt: delivery.createdAt });
      delete delivery.dueAt;
    } else if (until) {
      Object.assign(delivery, { reason: 'endpoint-failing', dueAt: until });
    } else if (admit(place)) {
      Object.assign(delivery, leased);
      mine.push(one);
    } else {
      isLeft = true;
      onWait();
    }
  }
  const inserted = await insertNew(
    services,
    news.map(({ entry }) => entry.delivery),
  );
  if (isLeft) onLeft();
  counts.cancelled(
    [...inserted].filter(({ state }) => state === 'cancelled'),
    services.now(),
  );
  take(
    mine
      .filter(({ entry }) => inserted.has(entry.delivery))
      .map(({ entry, failing }) => ({ ...entry, isKnownToFail: failing !== undefined })),
  );
}
