import type { Overview } from '@interview-webhooks/schema';
import { formatCount } from '../lib/figures.ts';
import { bucketEnd, bucketTimes } from './bucket-times.ts';
import { outcomes } from './outcomes.ts';
import { WayIn } from './way-in.tsx';

const number = 'px-3 py-2 text-right tabular-nums last:pr-4 sm:last:pr-5';

/** What the chart shows, in figures; the newest first. */
export function OutcomeTable({ overview }: { overview: Overview }) {
  const { points, range, bucket_hours } = overview;
  const { span } = bucketTimes(range, bucket_hours);
  return (
    <div
      // It scrolls, so it can have the focus, as the keyboard needs it.
      tabIndex={0}
      role="region"
      aria-label="Deliveries over time"
      className="max-h-72 overflow-auto overscroll-contain border-t border-line"
    >
      <table className="w-full text-left text-[13px]/5">
        <thead className="sticky top-0 bg-surface text-xs text-ink-muted shadow-[0_1px_0_var(--color-line)]">
          <tr>
            <th scope="col" className="py-2 pl-4 font-medium sm:pl-5">
              When
            </th>
            {outcomes.map(({ outcome, label }) => (
              <th key={outcome} scope="col" className={`${number} font-medium`}>
                {label}
              </th>
            ))}
            <th scope="col" className={`${number} font-medium max-sm:hidden`}>
              Attempts repeated
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {points.toReversed().map((point) => (
            <tr key={point.at}>
              <th scope="row" className="py-2 pl-4 font-normal sm:pl-5">
                <WayIn
                  way={{
                    to: '/deliveries',
                    search: { from: point.at, to: bucketEnd(point.at, bucket_hours) },
                  }}
                >
                  {span(point.at)}
                </WayIn>
              </th>
              {outcomes.map(({ outcome }) => (
                <td key={outcome} className={number}>
                  {formatCount(point[outcome])}
                </td>
              ))}
              <td className={`${number} max-sm:hidden`}>{formatCount(point.retried)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
