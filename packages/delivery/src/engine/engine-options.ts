import type { Services } from '@interview-webhooks/domain';
import type { SlotLimits } from './slots.ts';

/** What the engine needs of the world. */
export type EngineServices = Omit<Services, 'events'>;

export interface EngineLog {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface EngineOptions {
  services: EngineServices;
  log: EngineLog;
  /** Delays after each failure, in milliseconds. */
  schedule: readonly number[];
  limits: SlotLimits;
  /** How long a delivery belongs to the worker that took it up; renewed while an attempt is made. */
  leaseMs: number;
  /** How often the database is asked for what is due, when nobody says that something is. */
  pollMs: number;
  /** How long a stopping engine lets its attempts go on. */
  stopGraceMs: number;
  /** How long deliveries and attempts are kept. */
  retentionMs: number;
  /** A number from 0 up to 1, for the jitter. */
  random: () => number;
}

const DAY_MS = 86_400_000;

export const defaultOptions = {
  limits: { total: 256, perEndpoint: 16 },
  leaseMs: 60_000,
  pollMs: 1_000,
  stopGraceMs: 5_000,
  retentionMs: 90 * DAY_MS,
  random: Math.random,
} satisfies Partial<EngineOptions>;
