import type { EndedCommand } from '@interview-webhooks/database';
import type { DeliveryObserver, QueueFigures } from '@interview-webhooks/delivery';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { databaseMetrics } from './database-metrics.ts';
import { deliveryMetrics } from './delivery-metrics.ts';
import { type HttpObserver, httpMetrics } from './http-metrics.ts';
import { queueMetrics } from './queue-metrics.ts';

/** Everything that a process says of itself, and who fills it in. */
export interface Metrics {
  readonly registry: Registry;
  readonly http: HttpObserver;
  readonly delivery: DeliveryObserver;
  readonly onCommand: (command: EndedCommand) => void;
  /** Adds what is read when somebody asks. */
  watch(watched: Watched): void;
}

export interface Watched {
  readQueue: () => Promise<QueueFigures>;
  /** How many deliveries this process holds. */
  held: () => number;
}

/** A registry of its own, so that several servers may run in one process, as in tests. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    http: httpMetrics(registry),
    delivery: deliveryMetrics(registry),
    onCommand: databaseMetrics(registry),
    watch: (watched) => {
      queueMetrics(registry, watched);
    },
  };
}
