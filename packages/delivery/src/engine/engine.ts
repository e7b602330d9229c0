import type { DeliveryDocument } from '@interview-webhooks/database';
import type { EventSink, WebhookSender } from '@interview-webhooks/domain';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createAfterAttempts } from '../breaker/after-attempts.ts';
import { createEndpointHealth } from '../breaker/endpoint-health.ts';
import { createRelay, type PutOff } from '../outbox/relay.ts';
import { createUnstored } from '../outbox/unstored.ts';
import { createScheduler, type Release } from '../schedule/scheduler.ts';
import { sendInTurn } from '../schedule/send-in-turn.ts';
import { createClaiming } from '../claim/claiming.ts';
import { createCompletions } from '../complete/completions.ts';
import { deliver } from '../attempt/deliver.ts';
import { createDueSearch } from '../claim/due-search.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Job } from '../attempt/job.ts';
import { createLeases } from '../claim/leases.ts';
import { createOutcomeCounts } from '../complete/outcome-counts.ts';
import { createRedeliveries } from '../bulk/redeliveries.ts';
import { createLooks } from '../claim/looks.ts';
import { createRetention } from './retention.ts';
import { createReviews } from '../bulk/review.ts';

/** Delivers events. Any number of engines may run on one database. */
export interface DeliveryEngine {
  /** Where use cases say what they recorded. */
  readonly events: EventSink;
  /** Sends what is no delivery, such as a test, bounded together with attempts. */
  readonly sender: WebhookSender;
  /** How many deliveries this worker holds now. */
  held(): number;
  /** Begins to look for work. */
  start(): void;
  /** Takes up what is due and finishes all attempts under way; for tests, and for a last look before stopping. */
  runDue(): Promise<void>;
  /** Takes up nothing more, and lets the attempts under way end. What is left is another engine's, or the next start's. */
  stop(): Promise<void>;
}

const SWEEP_BATCH = 500;
/** How often what has become slow is set aside. */
const SET_ASIDE_MS = 250;

export function createDeliveryEngine(options: EngineOptions): DeliveryEngine {
  const { services, log, limits, leaseMs, stopGraceMs } = options;
  const { database, now } = services;
  const timers: NodeJS.Timeout[] = [];
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  let working: Promise<void> | undefined;
  let askedAgain = false;
  /** Whether a stop waits no longer for what is under way. */
  let isGivenUp = false;
  /** Whether something due had to wait for room. */
  let starved = false;

  const logged = (message: string) => (error: unknown) => {
    log.error({ err: error }, message);
  };
  const events: EventSink = {
    begin: (interview, recorded) => relay.begin(interview, recorded),
    due: () => void poll(),
    settingsChanged: (change) => {
      reviews.add(change);
    },
  };

  const run = async (job: Job, release: Release): Promise<void> => {
    const deliveryId = job.delivery._id;
    try {
      // This process may have stood still for longer than its lease, and another worker has sent it meanwhile.
      if (!(await unstored.isMine(job))) {
        log.info({ deliveryId }, 'a lease ran out before its attempt: left to who takes it up next');
        return;
      }
      const completion = await deliver({ ...options, events }, job);
      // The next one need not wait until this is recorded. After a failure it does: by then its breaker may be open.
      if (completion.received) release(completion.attempt?.timings.total_ms);
      await completions.write(completion);
    } catch (error) {
      // Its lease runs out, and it is taken up again.
      log.error({ err: error, deliveryId }, 'an attempt could not be made or recorded');
    } finally {
      await unstored.take(job);
      relay.ended(deliveryId);
      leases.forget(deliveryId);
      looks.soon();
    }
  };
  /** Jobs that wait here for their turn are sent later, by whoever comes first. */
  const putOff = async (jobs: readonly Job[], terms: PutOff & { endpoint?: string }): Promise<void> => {
    const stored: DeliveryDocument[] = [];
    const storing = jobs.map(async (job) => {
      const event = await unstored.take(job);
      if (event) await relay.storePutOff(job, event, terms);
      else stored.push(job.delivery);
    });
    await Promise.all(storing);
    await leases.giveBack({ ...terms, deliveries: stored });
  };
  const opened = (endpoint: string, until: Date): Promise<void> =>
    putOff(schedule.withdraw(endpoint), { dueAt: until, reason: 'endpoint-failing', endpoint });
  const take = (job: Job) => {
    // What is taken up is leased, and due when its lease ends.
    leases.hold(job.delivery, job.delivery.dueAt ?? leases.end());
    schedule.add(job);
  };

  const leases = createLeases(services, randomUUID(), leaseMs);
  const health = createEndpointHealth(services);
  const afterAttempts = createAfterAttempts({ options, events, health, opened });
  const counts = createOutcomeCounts(options);
  const completions = createCompletions({
    options,
    leases,
    unstored: { take: (job) => unstored.take(job) },
    stored: (event) => {
      relay.stored(event);
    },
    isGivenUp: () => isGivenUp,
    written: (completed) => {
      counts.completed(completed);
      return afterAttempts
        .note(completed)
        .catch(logged('what attempts say about their endpoints could not be noted'));
    },
    leasesLost: (count) => {
      options.observer.leasesLost(count);
    },
  });
  const schedule = createScheduler<Job>({
    limits,
    placeOf: ({ place }) => place,
    run,
    onCapacity: () => {
      if (starved) void work();
    },
  });
  const search = createDueSearch(services.database);
  const claiming = createClaiming({
    options,
    search,
    health,
    leases,
    schedule,
    take: (jobs) => {
      jobs.forEach(take);
    },
    isStopped,
  });
  const redeliveries = createRedeliveries(options, isStopped);
  const retention = createRetention(options, isStopped);
  const reviews = createReviews({ ...options, counts }, () => void work());

  const unstored = createUnstored({
    now,
    timers: options.timers,
    leases,
    store: (job, event) => relay.storeLeased(job, event),
    onError: logged('a delivery that is being sent is not stored yet'),
  });
  const relay = createRelay({
    options,
    health,
    leases,
    counts,
    unstored,
    admission: schedule.admission,
    send: (job) => {
      schedule.add(job);
    },
    take,
    onWait: () => {
      starved = true;
    },
    isStopped,
  });

  /** What a crash, here or elsewhere, left in outboxes. */
  const sweep = async () => {
    await relay.sweep(await search.outboxes(now(), SWEEP_BATCH));
  };

  const work = (): Promise<void> => {
    if (isStopped()) return Promise.resolve();
    askedAgain = true;
    working ??= (async () => {
      while (askedAgain && !isStopped()) {
        askedAgain = false;
        starved = false;
        try {
          if (await claiming.claim()) starved = true;
        } catch (error) {
          log.error({ err: error }, 'the database cannot be asked for what is due');
        }
      }
      working = undefined;
      looks.soon();
    })();
    return working;
  };
  const poll = async () => {
    await sweep().catch(logged('outboxes cannot be looked through'));
    await redeliveries.goOn();
    await work();
    if (starved) database.wake.send();
  };
  const looks = createLooks({
    options,
    poll,
    // With more than there is room for here, there is nothing to look for: it is found when there is room.
    onWakeUp: () => {
      if (!starved) void work();
    },
  });

  const held = () => leases.count() + unstored.count() + completions.unwritten();

  const settle = async () => {
    do {
      await relay.idle();
      await schedule.idle();
      await completions.idle();
      await relay.idle();
      await afterAttempts.idle();
      await reviews.idle();
      await redeliveries.idle();
      await working;
      await counts.flush();
      // While the counts were written, an attempt may have ended and more been looked for.
    } while (working ?? held() > 0);
  };

  return {
    events,
    sender: sendInTurn({ options, schedule, stopping: stopping.signal }),
    held,
    start() {
      timers.push(
        setInterval(() => {
          schedule.setSlowAside();
        }, SET_ASIDE_MS),
        setInterval(() => {
          leases.renew().catch(logged('leases could not be renewed'));
        }, leaseMs / 3),
      );
      looks.start();
      retention.start();
    },
    async runDue() {
      do {
        await settle();
        await poll();
        await settle();
      } while (starved);
    },
    async stop() {
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
      await looks.stop();
      await redeliveries.idle();
      await retention.stop();
      await working;
      const notGivenUp = logged('leases could not be given up; they run out by themselves');
      const atOnce = { dueAt: now(), reason: null };
      const leave = async (jobs: readonly Job[]) => {
        await putOff(jobs, atOnce).catch(notGivenUp);
        if (jobs.length > 0) database.wake.send();
      };
      await leave(schedule.withdrawAll());
      await Promise.race([settle(), pause(stopGraceMs, undefined, { ref: false })]);
      // What a receiver holds up longer than a stop may take.
      isGivenUp = true;
      const deliveries = completions.unwritten();
      if (deliveries > 0)
        log.error({ deliveries }, 'what was sent could not be stored; its leases run out by themselves');
      unstored.stop();
      await leave(unstored.jobs());
      if (leases.count() > 0) database.wake.send();
      await leases.giveBack(atOnce).catch(notGivenUp);
      await database.wake.idle();
    },
  };
}
