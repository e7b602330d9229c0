import type { DeliveryDocument, ResponseDocument } from '@interview-webhooks/database';
import type { EventSink } from '@interview-webhooks/domain';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createBatcher } from './batcher.ts';
import { claimDue } from './claim-due.ts';
import { createCompletions } from './completions.ts';
import { deliver } from './deliver.ts';
import type { EngineOptions } from './engine-options.ts';
import { deliveriesOf, emptyOutbox } from './outbox.ts';
import { createSlots } from './slots.ts';

/** Delivers events. Any number of engines may run on one database. */
export interface DeliveryEngine {
  /** Where use cases say what they recorded. */
  readonly events: EventSink;
  /** Begins to look for work. */
  start(): void;
  /** Takes up what is due and finishes all attempts under way; for tests, and for a last look before stopping. */
  runDue(): Promise<void>;
  /** Takes up nothing more, and lets the attempts under way end. What is left is another engine's, or the next start's. */
  stop(): Promise<void>;
}

const SWEEP_BATCH = 500;

export function createDeliveryEngine(options: EngineOptions): DeliveryEngine {
  const { services, log, limits, leaseMs, pollMs, stopGraceMs } = options;
  const worker = randomUUID();
  const slots = createSlots(limits);
  const completions = createCompletions(services, worker);
  /** Attempts under way, by delivery. */
  const underWay = new Map<string, Promise<void>>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let renewal: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let askedAgain = false;
  /** Whether something due had to wait for a slot. */
  let starved = false;

  const events: EventSink = {
    recorded: (response) => {
      outbox.add(response).catch((error: unknown) => {
        // The event is safe in the response's outbox; the sweep takes it up.
        log.error({ err: error }, 'deliveries could not be made at once');
      });
    },
    due: () => void work(),
  };

  /** A slot for one more attempt; where there is none, work goes on when one is released. */
  const takeSlot = (endpoint: string | null): boolean => {
    const taken = slots.take(endpoint ?? '');
    if (!taken) starved = true;
    return taken;
  };

  /** Makes the next attempt of a delivery for which a slot has been taken. */
  const run = (delivery: DeliveryDocument) => {
    const attempt = deliver({ ...options, events }, delivery)
      .then((completion) => completions.write(completion))
      .catch((error: unknown) => {
        // Its lease runs out, and it is taken up again.
        log.error({ err: error, deliveryId: delivery._id }, 'an attempt could not be made or recorded');
      })
      .finally(() => {
        underWay.delete(delivery._id);
        slots.release(delivery.endpoint ?? '');
        if (starved) void work();
      });
    underWay.set(delivery._id, attempt);
  };

  const takeUp = async (responses: readonly ResponseDocument[]) => {
    const deliveries = await deliveriesOf(options, responses);
    const dueAt = new Date(services.now().getTime() + leaseMs);
    // Inserted already leased where it can be sent at once: that saves the claim.
    const leased = deliveries.filter(({ endpoint }) => !stopped && takeSlot(endpoint));
    for (const delivery of leased) Object.assign(delivery, { state: 'delivering', lease: worker, dueAt });
    let made: readonly DeliveryDocument[] = [];
    try {
      made = await emptyOutbox(options, responses, deliveries);
    } finally {
      const mine = new Set(made);
      for (const delivery of leased) {
        if (mine.has(delivery)) run(delivery);
        else slots.release(delivery.endpoint ?? '');
      }
    }
  };
  const outbox = createBatcher<ResponseDocument>(takeUp);

  /** What a crash, here or elsewhere, left in outboxes. */
  const sweep = async () => {
    const left = await services.database.responses
      .find({ outbox: { $exists: true } })
      .limit(SWEEP_BATCH)
      .lean();
    if (left.length > 0) await Promise.all(left.map((response) => outbox.add(response)));
  };

  const claim = async () => {
    // Of endpoints that are full, nothing is asked for: there may be more.
    starved = slots.free() === 0 || slots.full().length > 0;
    while (!stopped && slots.free() > 0) {
      const { picked, won } = await claimDue(services, {
        worker,
        leaseMs,
        limit: slots.free(),
        exceptEndpoints: slots.full(),
        exceptIds: [...underWay.keys()],
        takeSlot,
        releaseSlot: (endpoint) => {
          slots.release(endpoint ?? '');
        },
      });
      for (const delivery of won) run(delivery);
      // What was picked and not won went to another engine: there may be more behind it.
      if (picked === 0) return;
    }
  };

  const work = (): Promise<void> => {
    askedAgain = true;
    working ??= (async () => {
      while (askedAgain && !stopped) {
        askedAgain = false;
        try {
          await sweep();
          await claim();
        } catch (error) {
          log.error({ err: error }, 'the database cannot be asked for what is due');
        }
      }
      working = undefined;
    })();
    return working;
  };

  const renewLeases = async () => {
    const ids = [...underWay.keys()];
    if (ids.length === 0) return;
    const dueAt = new Date(services.now().getTime() + leaseMs);
    await services.database.deliveries.updateMany({ _id: { $in: ids }, lease: worker }, { $set: { dueAt } });
  };

  /** What a receiver holds up longer than a stop may take is due at once for another engine. */
  const giveUp = async () => {
    if (underWay.size === 0) return;
    await services.database.deliveries.updateMany(
      { _id: { $in: [...underWay.keys()] }, lease: worker },
      { $set: { state: 'pending', dueAt: services.now() }, $unset: { lease: 1 } },
    );
  };

  const settle = async () => {
    await outbox.idle();
    while (underWay.size > 0) await Promise.all(underWay.values());
    await completions.idle();
  };

  return {
    events,
    start() {
      timer = setInterval(() => void work(), pollMs);
      renewal = setInterval(() => {
        renewLeases().catch((error: unknown) => {
          log.error({ err: error }, 'leases could not be renewed');
        });
      }, leaseMs / 3);
      void work();
    },
    async runDue() {
      do {
        await outbox.idle();
        await work();
        await settle();
      } while (starved || working || underWay.size > 0);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearInterval(renewal);
      await working;
      await Promise.race([settle(), pause(stopGraceMs, undefined, { ref: false })]);
      await giveUp().catch((error: unknown) => {
        log.error({ err: error }, 'leases could not be given up; they run out by themselves');
      });
    },
  };
}
