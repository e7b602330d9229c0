import type { EventSink, WebhookSender } from '@interview-webhooks/domain';
import { randomUUID } from 'node:crypto';
import type { Job } from '../attempt/job.ts';
import { runAttempt } from '../attempt/run-attempt.ts';
import { createAfterAttempts } from '../breaker/after-attempts.ts';
import { createEndpointHealth } from '../breaker/endpoint-health.ts';
import { createRedeliveries } from '../bulk/redeliveries.ts';
import { createReviews } from '../bulk/review.ts';
import { createClaiming } from '../claim/claiming.ts';
import { createDueSearch } from '../claim/due-search.ts';
import { createLeases } from '../claim/leases.ts';
import { createLooks } from '../claim/looks.ts';
import { createWorkLoop } from '../claim/work-loop.ts';
import { createCompletions } from '../complete/completions.ts';
import { createOutcomeCounts } from '../complete/outcome-counts.ts';
import { putOff } from '../outbox/put-off.ts';
import { createRelay } from '../outbox/relay.ts';
import { createUnstored } from '../outbox/unstored.ts';
import { createScheduler } from '../schedule/scheduler.ts';
import { sendInTurn } from '../schedule/send-in-turn.ts';
import type { EngineOptions } from './engine-options.ts';
import { createLifecycle } from './lifecycle.ts';
import { createRetention } from './retention.ts';

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

/**
 * An event's way: the relay takes it from the outbox to the fair queue, as a claim does with a delivery that is due; from there
 * it goes to an attempt, to its completion, and to the endpoint's breaker.
 */
export function createDeliveryEngine(options: EngineOptions): DeliveryEngine {
  const { services, log } = options;
  const { database, now } = services;
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  const logged = (message: string) => (error: unknown) => {
    log.error({ err: error }, message);
  };
  const events: EventSink = {
    begin: (interview, recorded) => relay.begin(interview, recorded),
    due: () => void loop.poll(),
    settingsChanged: (change) => {
      reviews.add(change);
    },
  };

  const leases = createLeases(services, randomUUID(), options.leaseMs);
  const health = createEndpointHealth(services);
  const counts = createOutcomeCounts(options);
  const unstored = createUnstored({
    now,
    timers: options.timers,
    leases,
    store: (job, event) => relay.storeLeased(job, event),
    onError: logged('a delivery that is being sent is not stored yet'),
  });
  const schedule = createScheduler<Job>({
    limits: options.limits,
    placeOf: ({ place }) => place,
    run: (job, release) => runAttempt(attempting, job, release),
    onCapacity: () => {
      if (loop.isStarved()) void loop.work();
    },
  });
  const take = (job: Job) => {
    // What is taken up is leased, and due when its lease ends.
    leases.hold(job.delivery, job.delivery.dueAt ?? leases.end());
    schedule.add(job);
  };
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
      loop.starve();
    },
    isStopped,
  });
  const search = createDueSearch(database);
  const claiming = createClaiming({ options, search, health, leases, schedule, take, isStopped });
  const afterAttempts = createAfterAttempts({
    options,
    events,
    health,
    opened: (endpoint, until) =>
      putOff({ unstored, relay, leases }, schedule.withdraw(endpoint), {
        dueAt: until,
        reason: 'endpoint-failing',
        endpoint,
      }),
  });
  const completions = createCompletions({
    options,
    leases,
    unstored,
    stored: (event) => {
      relay.stored(event);
    },
    isGivenUp: () => lifecycle.isGivenUp(),
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
  const redeliveries = createRedeliveries(options, isStopped);
  const reviews = createReviews({ ...options, counts }, () => void loop.work());
  const loop = createWorkLoop({
    options,
    claim: () => claiming.claim(),
    sweep: async () => {
      await relay.sweep(await search.outboxes(now(), SWEEP_BATCH));
    },
    redeliver: redeliveries.goOn,
    isStopped,
    onEnd: () => {
      looks.soon();
    },
  });
  const looks = createLooks({
    options,
    poll: () => loop.poll(),
    // With more than there is capacity for here, there is nothing to look for: it is found when there is capacity.
    onWakeUp: () => {
      if (!loop.isStarved()) void loop.work();
    },
  });
  const attempting = {
    options: { ...options, events },
    ...{ leases, unstored, relay, completions },
    onEnd: looks.soon,
  };
  const lifecycle = createLifecycle({
    options,
    stopping,
    ...{
      leases,
      unstored,
      schedule,
      relay,
      completions,
      afterAttempts,
      redeliveries,
      reviews,
      counts,
      loop,
      looks,
    },
    retention: createRetention(options, isStopped),
  });
  return { events, sender: sendInTurn({ options, schedule, stopping: stopping.signal }), ...lifecycle };
}
