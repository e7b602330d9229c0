import { realTimers, type Timers } from '@interview-webhooks/database';
import type { Services } from '@interview-webhooks/domain';
import { defaultLimits, type ScheduleLimits } from '../schedule/limits.ts';
import { type DeliveryObserver, unobserved } from '../complete/delivery-observer.ts';

/** What the engine needs of the world. */
export type EngineServices = Omit<Services, 'events'>;

interface EngineLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface EngineOptions {
  services: EngineServices;
  log: EngineLog;
  /** Delays after each failure, in milliseconds. */
  schedule: readonly number[];
  limits: ScheduleLimits;
  /** How long a delivery belongs to the worker that took it up; renewed while it is held. */
  leaseMs: number;
  /** How often the database is asked for what is due, when nobody says that something is. */
  pollMs: number;
  /** The same where the database reports changes, while something waits for its time. */
  waitingPollMs: number;
  /** The same while nothing waits. A dead worker may have left something since, so not much longer than a lease. */
  idlePollMs: number;
  /** When the database is asked; for tests. */
  timers: Timers;
  /** How long a test waits for its turn. */
  turnWaitMs: number;
  /** How long a stopping engine lets its attempts go on. */
  stopGraceMs: number;
  /** How long deliveries are kept after they have ended, and attempts after they were made. */
  retentionMs: number;
  /** A number from 0 up to 1, for the jitter. */
  random: () => number;
  observer: DeliveryObserver;
}

const DAY_MS = 86_400_000;

export const defaultOptions = {
  limits: defaultLimits,
  leaseMs: 30_000,
  pollMs: 1_000,
  waitingPollMs: 5_000,
  idlePollMs: 30_000,
  timers: realTimers,
  // With an attempt of 15 s behind it, less than callers wait.
  turnWaitMs: 10_000,
  stopGraceMs: 5_000,
  retentionMs: 90 * DAY_MS,
  random: Math.random,
  observer: unobserved,
} satisfies Partial<EngineOptions>;
