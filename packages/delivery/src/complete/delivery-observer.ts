import type { EventType, LastError, OutcomeCounts } from '@interview-webhooks/schema';

/** An attempt that was made and recorded, or one that could not even be made. */
interface ObservedAttempt {
  event: EventType;
  /** Null when the receiver has it. */
  error: LastError | null;
  /** Null where nothing was sent. */
  durationMs: number | null;
}

/** Told what an engine does, by whoever wants to measure it. Called for every attempt: quick, and without a throw. */
export interface DeliveryObserver {
  attempted(attempt: ObservedAttempt): void;
  /** Deliveries of one kind have come to their end. */
  ended(event: EventType, became: Exclude<keyof OutcomeCounts, 'retried'>): void;
  /** What this worker had completed, others had taken over meanwhile. */
  leasesLost(count: number): void;
}

/** Nobody measures. */
export const unobserved: DeliveryObserver = {
  attempted: () => undefined,
  ended: () => undefined,
  leasesLost: () => undefined,
};
