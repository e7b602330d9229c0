import type { Redelivery } from '@interview-webhooks/schema';
import { cx } from '../ui/cx.ts';

/** What became of those that are sent again, as a bar with its figures. */
export function RedeliveryProgress({ redelivery }: { redelivery: Redelivery }) {
  const { total, queued, waiting, delivered, failed, cancelled } = redelivery;
  const all = Math.max(total ?? queued, queued, 1);
  const parts = [
    { name: 'delivered', count: delivered, colour: 'bg-ok' },
    { name: 'failed', count: failed, colour: 'bg-danger' },
    { name: 'cancelled', count: cancelled, colour: 'bg-control' },
    { name: 'waiting', count: waiting, colour: 'bg-warn' },
  ];
  const rest = total === null ? 0 : Math.max(0, total - queued);
  return (
    <>
      <div
        role="progressbar"
        aria-label="Tried"
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={Math.min(all, delivered + failed + cancelled)}
        className="mt-3 flex h-1.5 gap-px overflow-hidden rounded-full bg-line"
      >
        {parts.map(
          ({ name, count, colour }) =>
            count > 0 && (
              <span
                key={name}
                className={cx('transition-[width] duration-500', colour)}
                style={{ width: `${(count / all) * 100}%` }}
              />
            ),
        )}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-0.5 text-xs/5 text-ink-muted tabular-nums">
        {parts
          .filter(({ count, name }) => count > 0 || name === 'delivered')
          .map(({ name, count, colour }) => (
            <li key={name} className="inline-flex items-center gap-1.5">
              <span aria-hidden className={cx('size-2 rounded-full', colour)} />
              {count.toLocaleString('en')} {name}
            </li>
          ))}
        {rest > 0 && redelivery.state === 'running' && <li>{rest.toLocaleString('en')} to go</li>}
      </ul>
    </>
  );
}
