import type { Overview } from '@interview-webhooks/schema';
import { formatCount } from '../lib/figures.ts';
import { cx } from '../ui/cx.ts';
import { bucketTimes } from './bucket-times.ts';
import { outcomes } from './outcomes.ts';

const WIDTH = 184;

export interface ShownBar {
  point: Overview['points'][number];
  /** From the left of the chart, in pixels. */
  middle: number;
}

interface OutcomeTooltipProps {
  overview: Overview;
  bar: ShownBar;
  /** Of the chart, in pixels. */
  width: number;
}

/** The figures of the bar that is pointed at. Those who do not point have the table. */
export function OutcomeTooltip({ overview, bar: { point, middle }, width }: OutcomeTooltipProps) {
  const { span } = bucketTimes(overview.range, overview.bucket_hours);
  const beside = middle + 14 + WIDTH > width ? middle - 14 - WIDTH : middle + 14;
  return (
    <div
      aria-hidden
      style={{ left: Math.max(0, beside), width: WIDTH }}
      className="pointer-events-none absolute top-2 z-10 rounded-lg bg-raised px-3 py-2.5 text-xs/5 shadow-float"
    >
      <p className="font-medium">{span(point.at)}</p>
      <dl className="mt-1.5 grid gap-y-0.5">
        {outcomes.toReversed().map(({ outcome, label, swatch }) => (
          <div key={outcome} className="flex items-center gap-2">
            <span className={cx('size-2 rounded-[3px]', swatch)} />
            <dt className="grow text-ink-muted">{label}</dt>
            <dd className="font-medium tabular-nums">{formatCount(point[outcome])}</dd>
          </div>
        ))}
        <div className="mt-1 flex gap-2 border-t border-line pt-1">
          <dt className="grow text-ink-muted">Attempts repeated</dt>
          <dd className="font-medium tabular-nums">{formatCount(point.retried)}</dd>
        </div>
      </dl>
    </div>
  );
}
