import type { OutcomeCounts } from '@interview-webhooks/schema';

export type Outcome = Exclude<keyof OutcomeCounts, 'retried'>;

interface ShownOutcome {
  outcome: Outcome;
  label: string;
  /** Its colour in charts. */
  fill: string;
  swatch: string;
}

/** How deliveries end, from the bottom of a bar up. Told apart by brightness, too, not by hue alone. */
export const outcomes: readonly ShownOutcome[] = [
  { outcome: 'delivered', label: 'Delivered', fill: 'fill-chart-delivered', swatch: 'bg-chart-delivered' },
  { outcome: 'cancelled', label: 'Cancelled', fill: 'fill-chart-cancelled', swatch: 'bg-chart-cancelled' },
  { outcome: 'failed', label: 'Given up', fill: 'fill-chart-failed', swatch: 'bg-chart-failed' },
];

/** Deliveries that ended, however. */
export function ended({ delivered, failed, cancelled }: OutcomeCounts): number {
  return delivered + failed + cancelled;
}
