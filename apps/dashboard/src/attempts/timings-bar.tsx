import type { Attempt } from '@interview-webhooks/schema';
import { cx } from '../ui/cx.ts';
import { milliseconds, type TimingPhase, timingPhases } from './timing-phases.ts';

const colours: Record<TimingPhase['name'], string> = {
  DNS: 'bg-accent/30',
  Connect: 'bg-accent/50',
  TLS: 'bg-accent/70',
  'First byte': 'bg-accent',
  Rest: 'bg-control/60',
};

/** How the time of an attempt was spent; the figures are the bar's alternative. */
export function TimingsBar({ timings }: { timings: Attempt['timings'] }) {
  const phases = timingPhases(timings);
  return (
    <div>
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-line">
        {phases.map(({ name, ms }) => (
          <span
            key={name}
            className={cx('min-w-0.5', colours[name])}
            style={{ width: `${(ms / timings.total_ms) * 100}%` }}
          />
        ))}
      </div>
      <dl className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs/5 tabular-nums">
        {phases.map(({ name, ms }) => (
          <div key={name} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={cx('size-2 rounded-full', colours[name])} />
            <dt className="text-ink-muted">{name}</dt>
            <dd>{milliseconds(ms)}</dd>
          </div>
        ))}
        <div className="ml-auto inline-flex items-center gap-1.5 font-medium">
          <dt>Total</dt>
          <dd>{milliseconds(timings.total_ms)}</dd>
        </div>
      </dl>
    </div>
  );
}
