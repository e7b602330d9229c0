import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from '../attempt/job.ts';
import type { createAfterAttempts } from '../breaker/after-attempts.ts';
import type { createRedeliveries } from '../bulk/redeliveries.ts';
import type { createReviews } from '../bulk/review.ts';
import type { Leases } from '../claim/leases.ts';
import type { Looks } from '../claim/looks.ts';
import type { WorkLoop } from '../claim/work-loop.ts';
import type { Completions } from '../complete/completions.ts';
import type { OutcomeCounts } from '../complete/outcome-counts.ts';
import { putOff } from '../outbox/put-off.ts';
import type { Relay } from '../outbox/relay.ts';
import type { Unstored } from '../outbox/unstored.ts';
import type { Scheduler } from '../schedule/scheduler.ts';
import type { EngineOptions } from './engine-options.ts';
import type { createRetention } from './retention.ts';

/** How often what has become slow is set aside. */
const SET_ASIDE_MS = 250;

export interface LifecycleOptions {
  options: Pick<EngineOptions, 'services' | 'log' | 'leaseMs' | 'stopGraceMs'>;
  stopping: AbortController;
  leases: Leases;
  unstored: Unstored;
  schedule: Pick<Scheduler<Job>, 'idle' | 'setSlowAside' | 'withdrawAll'>;
  relay: Relay;
  completions: Completions;
  afterAttempts: Pick<ReturnType<typeof createAfterAttempts>, 'idle'>;
  redeliveries: Pick<ReturnType<typeof createRedeliveries>, 'idle'>;
  reviews: Pick<ReturnType<typeof createReviews>, 'idle'>;
  retention: Pick<ReturnType<typeof createRetention>, 'start' | 'stop'>;
  counts: OutcomeCounts;
  loop: WorkLoop;
  looks: Looks;
}

/** How an engine begins, comes to rest and stops. */
export function createLifecycle({ options, stopping, loop, looks, retention, ...parts }: LifecycleOptions) {
  const { services, log, leaseMs, stopGraceMs } = options;
  const { leases, unstored, schedule, relay, completions } = parts;
  const { wake } = services.database;
  const timers: NodeJS.Timeout[] = [];
  let isGivenUp = false;

  const held = () => leases.count() + unstored.count() + completions.unwritten();
  const settle = async () => {
    do {
      await relay.idle();
      await schedule.idle();
      await completions.idle();
      await relay.idle();
      await parts.afterAttempts.idle();
      await parts.reviews.idle();
      await parts.redeliveries.idle();
      await loop.current();
      await parts.counts.flush();
      // While the counts were written, an attempt may have ended and more been looked for.
    } while (loop.current() ?? held() > 0);
  };
  const notGivenBack = (err: unknown) => {
    log.error({ err }, 'leases could not be given up; they run out by themselves');
  };
  /** Leaves what this worker holds to the others, at once. */
  const leave = async (jobs: readonly Job[]) => {
    if (jobs.length === 0) return;
    await putOff(parts, jobs, { dueAt: services.now(), reason: null }).catch(notGivenBack);
    wake.send();
  };
  /** Leaves to others what a receiver holds up longer than a stop may take. */
  const giveUp = async () => {
    isGivenUp = true;
    unstored.stop();
    const deliveries = completions.unwritten();
    if (deliveries > 0)
      log.error({ deliveries }, 'what was sent could not be stored; its leases run out by themselves');
    await leave(unstored.jobs());
    if (leases.count() > 0) wake.send();
    await leases.giveBack({ dueAt: services.now(), reason: null }).catch(notGivenBack);
  };

  return {
    held,
    /** Whether a stop waits no longer for what is under way. */
    isGivenUp: () => isGivenUp,
    start(): void {
      timers.push(
        setInterval(() => {
          schedule.setSlowAside();
        }, SET_ASIDE_MS),
        setInterval(() => {
          leases.renew().catch((err: unknown) => {
            log.error({ err }, 'leases could not be renewed');
          });
        }, leaseMs / 3),
      );
      looks.start();
      retention.start();
    },
    async runDue(): Promise<void> {
      do {
        await settle();
        await loop.poll();
        await settle();
      } while (loop.isStarved());
    },
    async stop(): Promise<void> {
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
      await looks.stop();
      await parts.redeliveries.idle();
      await retention.stop();
      await loop.current();
      await leave(schedule.withdrawAll());
      await Promise.race([settle(), pause(stopGraceMs, undefined, { ref: false })]);
      await giveUp();
      await wake.idle();
    },
  };
}
