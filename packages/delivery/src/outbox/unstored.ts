import type { DeliveryDocument, Timers } from '@interview-webhooks/database';
import type { Job } from '../attempt/job.ts';
import type { Leases } from '../claim/leases.ts';
import type { Recorded } from './outbox.ts';

/** What is not ended when it is looked at for the second time is stored: after one to two of these. */
const LOOK_EVERY_MS = 500;
/** So long before the lease in the outbox ends nothing is begun any more: clocks may differ by less. */
const MARGIN_MS = 2_000;

interface Held {
  job: Job;
  event: Recorded;
  /** Whether it was there at the last look. */
  isOld: boolean;
  /** While it is being stored. */
  storing?: Promise<unknown>;
}

export interface UnstoredOptions {
  now: () => Date;
  timers: Timers;
  leases: Leases;
  /** Stores a delivery, leased. Another worker may have stored it before: then it is not leased by this one. */
  store: (job: Job, event: Recorded) => Promise<void>;
  onError: (error: unknown) => void;
}

/**
 * Deliveries that are sent from memory. Until one is stored, the lease in the outbox is what keeps other workers from it. An
 * attempt that takes longer than about a second has its delivery stored meanwhile, with a lease like any other's.
 */
export function createUnstored({ now, timers, leases, store, onError }: UnstoredOptions) {
  /** The oldest first. By the delivery: a job whose settings were read again is another object. */
  const held = new Map<DeliveryDocument, Held>();
  let cancel: (() => void) | undefined;

  const storeNow = async ({ job, event }: Held) => {
    try {
      await store(job, event);
      held.delete(job.delivery);
    } catch (error) {
      // The outbox still has the event, and the next look tries again.
      onError(error);
    }
  };
  const look = () => {
    cancel = undefined;
    for (const one of held.values()) {
      if (one.isOld) one.storing ??= storeNow(one).finally(() => delete one.storing);
      one.isOld = true;
    }
    lookLater();
    return Promise.resolve();
  };
  const lookLater = () => {
    if (held.size > 0) cancel ??= timers.after(LOOK_EVERY_MS, look);
  };

  return {
    count: () => held.size,
    jobs: (): Job[] => [...held.values()].map(({ job }) => job),
    add(job: Job, event: Recorded): void {
      held.set(job.delivery, { job, event, isOld: false });
      lookLater();
    },
    /** Whether an attempt may begin: the delivery cannot be another worker's by now. */
    async isMine({ delivery }: Job): Promise<boolean> {
      const one = held.get(delivery);
      await one?.storing;
      return held.has(delivery) && one
        ? one.event.entry.until.getTime() - MARGIN_MS > now().getTime()
        : leases.isCurrent(delivery._id);
    },
    /**
     * Takes a delivery out, to be stored with what came of it.
     *
     * @returns its event, or undefined where it is stored already
     */
    async take({ delivery }: Job): Promise<Recorded | undefined> {
      const one = held.get(delivery);
      await one?.storing;
      return held.delete(delivery) ? one?.event : undefined;
    },
    stop: () => cancel?.(),
  };
}

export type Unstored = ReturnType<typeof createUnstored>;
