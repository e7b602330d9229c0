import { COUNTED_UP_TO, type QueueFigures } from '@interview-webhooks/delivery';
import { Gauge, type Registry } from 'prom-client';
import type { Watched } from './metrics.ts';

/** Monitors ask every few seconds, and perhaps several of them: the database is asked no more often than this. */
const KEPT_MS = 5_000;

const bound = `counted up to ${COUNTED_UP_TO}`;

/** What waits in the whole system: every process says the same, so take the maximum over them and not the sum. */
export function queueMetrics(registry: Registry, { readQueue, held }: Watched): void {
  const latest = keptFor(KEPT_MS, () => readQueue().catch(() => undefined));
  /** Without an answer of the database a gauge has no value: an old one would hide that it is down. */
  const gauge = (name: string, help: string, valuesOf: (figures: QueueFigures) => Record<string, number>) =>
    new Gauge({
      name: `interview_webhooks_${name}`,
      help,
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        const figures = await latest();
        this.reset();
        if (!figures) return;
        for (const [state, value] of Object.entries(valuesOf(figures)))
          this.set(state === '' ? {} : { state }, value);
      },
    });
  gauge(
    'deliveries_waiting',
    `Deliveries that wait, ${bound}; later: for a retry or a failing endpoint.`,
    (queue) => ({
      due: queue.due,
      later: queue.later,
    }),
  );
  gauge('oldest_due_delivery_age_seconds', 'How long the longest due delivery has been due.', (queue) => ({
    '': queue.oldestDueMs / 1000,
  }));
  gauge('outbox_responses', `Responses with events that are not deliveries yet, ${bound}.`, (queue) => ({
    '': queue.outbox,
  }));
  gauge(
    'failing_endpoints',
    'Endpoints that fail, by breaker: failing (not open yet), open, probing (the pause is over).',
    (queue) => queue.endpoints,
  );
  new Gauge({
    name: 'interview_webhooks_database_up',
    help: 'Whether the database answered when it was last asked what waits.',
    registers: [registry],
    async collect() {
      this.set((await latest()) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'interview_webhooks_deliveries_held',
    help: 'Deliveries that this process has taken up and not yet recorded.',
    registers: [registry],
    collect() {
      this.set(held());
    },
  });
}

function keptFor<Result>(keptMs: number, read: () => Promise<Result>): () => Promise<Result> {
  let kept: { at: number; result: Promise<Result> } | undefined;
  return () => {
    if (!kept || performance.now() - kept.at > keptMs) kept = { at: performance.now(), result: read() };
    return kept.result;
  };
}
