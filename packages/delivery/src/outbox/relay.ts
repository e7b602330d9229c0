import {
  type AiInterviewDocument,
  createBatcher,
  type DeliveryDocument,
  type EndpointDocument,
  BEHIND_REST_MS,
  type ResponseDocument,
} from '@interview-webhooks/database';
import type { EventRecording } from '@interview-webhooks/domain';
import type { EventType } from '@interview-webhooks/schema';
import type { EndpointHealth } from '../breaker/endpoint-health.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { type Job, type PreparedTarget, prepareTarget, whyNot } from '../attempt/job.ts';
import type { Leases } from '../claim/leases.ts';
import type { OutcomeCounts } from '../complete/outcome-counts.ts';
import { reached } from '../milestones.ts';
import type { Admission } from '../schedule/capacity.ts';
import { createInFlight } from './in-flight.ts';
import { deliveryIdOf, emptyOutboxes, insertNew, newDelivery, outboxOf, type Recorded } from './outbox.ts';
import type { Unstored } from './unstored.ts';

/** How long an event is its recorder's to send: with a look every second, a crash delays it by five seconds at most. */
const OUTBOX_LEASE_MS = 4_000;
/** How often other workers are told that there are events here, which they would have to take up after a crash. */
export const WAKE_EVERY_MS = 2_000;

const rest = { restMs: BEHIND_REST_MS };

export interface RelayOptions {
  options: EngineOptions;
  health: EndpointHealth;
  leases: Leases;
  counts: OutcomeCounts;
  unstored: Pick<Unstored, 'add'>;
  /** Says whether there is room for one more at a place, also beside those that it has let through before. */
  admission: () => Admission;
  /** Has a delivery sent from memory. */
  send: (job: Job) => void;
  /** Has a delivery sent that is stored, and leased by this worker. */
  take: (job: Job) => void;
  /** Something is stored that has to wait for room. */
  onWait: () => void;
  isStopped: () => boolean;
}

/** What sending an event needs, and its endpoint's state where that fails. */
interface Ready extends PreparedTarget {
  failing: EndpointDocument | undefined;
}

/** From when on any worker may send a delivery, and why not before. */
export type PutOff = Pick<DeliveryDocument, 'reason'> & { dueAt: Date };

/** A delivery that is to be stored, of an event that leaves the outbox then. */
interface ToStore {
  event: Recorded;
  delivery: DeliveryDocument;
  /** It is stored, by this worker and no other. */
  onStored?: () => void;
}

/**
 * Brings events from the outbox to their receivers. What was recorded here is sent from memory, at once, under the lease in
 * the outbox. What has to wait, and what a crash left there, is stored as a delivery first.
 *
 * Storing and emptying the outbox have batches of their own, each going on while the others do.
 */
export function createRelay({ unstored, ...relay }: RelayOptions) {
  const { options, health, leases, counts, admission, send, take, onWait, isStopped } = relay;
  const { services, log, retentionMs } = options;
  const { database, now } = services;
  const inFlight = createInFlight(now);
  const underWay = new Set<Promise<void>>();
  let wokenAt = new Date(0);

  const storing = createBatcher(async (all: readonly ToStore[]): Promise<void> => {
    const inserted = await insertNew(
      services,
      all.map(({ delivery }) => delivery),
    );
    if (all.some(({ delivery: { state, reason } }) => state === 'pending' && reason === null))
      database.wake.send();
    const cancelled = [...inserted].filter(({ state }) => state === 'cancelled');
    counts.cancelled(cancelled, now());
    for (const { delivery, onStored } of all) if (inserted.has(delivery)) onStored?.();
  }, rest);
  const emptying = createBatcher((events: readonly Recorded[]) => emptyOutboxes(services, events), rest);

  const store = async (toStore: ToStore): Promise<void> => {
    await storing.add(toStore);
    await emptying.add(toStore.event);
  };
  const prepare = async (interview: AiInterviewDocument, event: EventType): Promise<Ready> => {
    const target = await prepareTarget(services, interview, event);
    return { ...target, failing: await health.readOne(target.place.endpoint) };
  };
  /** Sends an event as `sendNow` does, or stores its delivery if that has to wait or is not to be sent at all. */
  const sendOrStore = async (
    event: Recorded,
    { interview, ready, admit }: { interview: AiInterviewDocument; ready: Ready; admit: Admission },
    sendNow: (job: Job) => Promise<void> | void,
  ): Promise<void> => {
    const { failing, ...target } = ready;
    const createdAt = now();
    const { endpoint } = target.place;
    const delivery = newDelivery({ ...event, interview, endpoint, createdAt, retentionMs });
    const off = whyNot(target.target);
    if (off) {
      Object.assign(delivery, { state: 'cancelled', reason: off, finishedAt: createdAt });
      delete delivery.dueAt;
    } else if (failing?.openUntil) {
      Object.assign(delivery, { reason: 'endpoint-failing', dueAt: failing.openUntil });
    } else if (!isStopped() && admit(target.place)) {
      return sendNow({ delivery, interview, ...target, isKnownToFail: failing !== undefined });
    } else {
      onWait();
    }
    await store({ event, delivery });
    inFlight.end(delivery._id);
  };
  /** Sends an event that was recorded here a moment ago. */
  const sendRecorded = async (event: Recorded, interview: AiInterviewDocument, preparing: Promise<Ready>) => {
    const ready = await preparing;
    await sendOrStore(event, { interview, ready, admit: admission() }, (job) => {
      unstored.add(job, event);
      send(job);
    });
  };
  /** Sends an event whose lease is over. Of several workers that find it, the one that stores its delivery sends it. */
  const sendLeft = async (event: Recorded, admit: Admission) => {
    const { _id, workspaceId, interviewId } = event.response;
    const [workspace, id] = [workspaceId.toHexString(), interviewId.toHexString()];
    const interview = await database.read.aiInterview(workspace, id);
    if (!interview) throw new Error(`response ${_id.toHexString()} belongs to no AI interview`);
    const ready = await prepare(interview, event.entry.event);
    await sendOrStore(event, { interview, ready, admit }, async (job) => {
      Object.assign(job.delivery, leases.taken());
      await store({
        event,
        delivery: job.delivery,
        onStored: () => {
          take(job);
        },
      });
      inFlight.end(job.delivery._id);
    });
  };
  /** What fails is safe in the outbox: the sweep takes it up. */
  const track = (event: Recorded, work: Promise<void>): Promise<void> => {
    const deliveryId = deliveryIdOf(event);
    const done = work
      .catch((err: unknown) => {
        inFlight.end(deliveryId);
        log.error({ err, deliveryId }, 'an event cannot be sent yet');
      })
      .finally(() => underWay.delete(done));
    underWay.add(done);
    return done;
  };
  /** What this process records is every worker's business once its lease is over, which a crash would leave it to. */
  const wakeOthers = () => {
    const at = now();
    if (at.getTime() - wokenAt.getTime() < WAKE_EVERY_MS) return;
    wokenAt = at;
    database.wake.send();
  };

  return {
    begin(interview: AiInterviewDocument, events: readonly EventType[]): EventRecording {
      const ready = new Map(events.map((event) => [event, prepare(interview, event)]));
      // If it fails, that is known to who waits for it.
      for (const preparing of ready.values()) preparing.catch(() => undefined);
      return {
        lease: (at) => ({
          by: leases.worker,
          until: isStopped() ? at : new Date(at.getTime() + OUTBOX_LEASE_MS),
        }),
        recorded: (response: ResponseDocument) => {
          wakeOthers();
          for (const event of outboxOf(response)) {
            const { by, until } = event.entry;
            const preparing = ready.get(event.entry.event);
            // Another process's lease is that process's, and what this one has begun with is under way.
            if (by !== leases.worker || !preparing || !inFlight.begin(deliveryIdOf(event), until)) continue;
            reached('recorded');
            void track(event, sendRecorded(event, interview, preparing));
          }
        },
      };
    },
    /** Takes up events whose leases are over, of responses that were just read. */
    async sweep(responses: readonly ResponseDocument[]): Promise<void> {
      const at = now();
      const admit = admission();
      const sending: Promise<void>[] = [];
      for (const event of responses.flatMap(outboxOf)) {
        if (event.entry.until > at || !inFlight.resume(deliveryIdOf(event))) continue;
        sending.push(track(event, sendLeft(event, admit)));
      }
      await Promise.all(sending);
    },
    /** Stores a delivery that is being sent from memory, leased like any other's. Another worker may have stored it before. */
    async storeLeased({ delivery }: Job, event: Recorded): Promise<void> {
      const leased = leases.taken();
      const onStored = () => {
        leases.hold(delivery, leased.dueAt);
        reached('leased');
      };
      await store({ event, delivery: Object.assign(delivery, leased), onStored });
    },
    /** Stores a delivery that was to be sent from memory, to be sent later. */
    async storePutOff({ delivery }: Job, event: Recorded, { dueAt, reason }: PutOff): Promise<void> {
      const later: DeliveryDocument = { ...delivery, state: 'pending', dueAt, reason };
      delete later.lease;
      await store({ event, delivery: later });
      inFlight.end(later._id);
    },
    /** An attempt has ended here: if the delivery was sent from memory, it is stored now or will be swept. */
    ended: (deliveryId: string) => {
      inFlight.end(deliveryId);
    },
    /** Takes an event out of the outbox that is stored as a delivery. Nobody has to wait for it. */
    stored(event: Recorded): void {
      void track(event, emptying.add(event));
    },
    /** Resolves when everything that was given is done, well or not. */
    async idle(): Promise<void> {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

export type Relay = ReturnType<typeof createRelay>;
