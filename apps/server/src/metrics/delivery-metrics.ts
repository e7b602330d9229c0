import type { DeliveryObserver } from '@interview-webhooks/delivery';
import { EventType, LastError } from '@interview-webhooks/schema';
import { Counter, Histogram, type Registry } from 'prom-client';

const outcomes = ['delivered', 'failed', 'cancelled'] as const;

/** What the engine tells. Everything that can be counted is there from the start, as 0: a rate needs a beginning. */
export function deliveryMetrics(registry: Registry): DeliveryObserver {
  const registers = [registry];
  const ended = new Counter({
    name: 'interview_webhooks_deliveries_ended_total',
    help: 'Deliveries that came to their end here, by event and outcome; those cancelled by request are not in it.',
    labelNames: ['event', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'interview_webhooks_attempt_duration_seconds',
    help: 'Time that attempts took, from looking the name up to the answer’s end, by event and outcome.',
    labelNames: ['event', 'outcome'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
    registers,
  });
  const failures = new Counter({
    name: 'interview_webhooks_attempt_failures_total',
    help: 'Attempts that failed, by the error; internal-error is a fault of ours, and nothing was sent.',
    labelNames: ['error'],
    registers,
  });
  const lost = new Counter({
    name: 'interview_webhooks_lease_losses_total',
    help: 'Deliveries that another worker had taken over before this one recorded its attempt; they are sent twice.',
    registers,
  });
  for (const event of EventType.options) {
    for (const outcome of outcomes) ended.inc({ event, outcome }, 0);
    for (const outcome of ['received', 'failed']) duration.zero({ event, outcome });
  }
  for (const error of LastError.options) failures.inc({ error }, 0);
  return {
    attempted: ({ event, error, durationMs }) => {
      if (error !== null) failures.inc({ error });
      if (durationMs === null) return;
      duration.observe({ event, outcome: error === null ? 'received' : 'failed' }, durationMs / 1000);
    },
    ended: (event, outcome) => {
      ended.inc({ event, outcome });
    },
    leasesLost: (count) => {
      lost.inc(count);
    },
  };
}
