import type { DeliveryStatsDocument } from '@interview-webhooks/database';
import type { OutcomeCounts, WebhookFigures } from '@interview-webhooks/schema';
import { countOf, quantile } from './response-times.ts';

const outcomes = ['delivered', 'failed', 'cancelled', 'retried'] as const;

/** All that is counted in `stats`. */
export function countsOf(stats: readonly DeliveryStatsDocument[]): OutcomeCounts {
  const counts: OutcomeCounts = { delivered: 0, failed: 0, cancelled: 0, retried: 0 };
  for (const hour of stats) for (const outcome of outcomes) counts[outcome] += hour[outcome] ?? 0;
  return counts;
}

/** Of what was delivered or given up, the part that was delivered. */
export function successRate({ delivered, failed }: OutcomeCounts): number | null {
  const ended = delivered + failed;
  return ended === 0 ? null : delivered / ended;
}

/**
 * The figures of one webhook.
 *
 * @param timed what has its response times
 */
export function figuresOf(
  stats: readonly DeliveryStatsDocument[],
  timed: readonly DeliveryStatsDocument[],
): WebhookFigures {
  const times: Record<string, number> = {};
  for (const { ms = {} } of timed) {
    for (const [step, count] of Object.entries(ms)) times[step] = (times[step] ?? 0) + count;
  }
  const counts = countsOf(stats);
  return {
    ...counts,
    success_rate: successRate(counts),
    answers: countOf(times),
    p50_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
  };
}
