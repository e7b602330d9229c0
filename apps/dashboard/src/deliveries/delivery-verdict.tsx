import type { Delivery } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Clock, Info } from 'lucide-react';
import { useNow } from '../lib/use-now.ts';
import { cx } from '../ui/cx.ts';
import { textLink } from '../ui/text-link.ts';
import { verdict } from './verdict.ts';

const looks = {
  ok: { icon: CircleCheck, frame: 'bg-ok-soft', ink: 'text-ok' },
  danger: { icon: CircleAlert, frame: 'bg-danger-soft', ink: 'text-danger' },
  warn: { icon: Clock, frame: 'bg-warn-soft', ink: 'text-warn' },
  neutral: { icon: Info, frame: 'bg-neutral-soft', ink: 'text-ink-muted' },
};

/** What became of it, and what to do. */
export function DeliveryVerdict({ delivery }: { delivery: Delivery }) {
  const now = useNow();
  const { tone, what, advice, inSettings } = verdict(delivery, now);
  const { icon: Icon, frame, ink } = looks[tone];
  return (
    <div role="status" className={cx('flex gap-3 rounded-xl px-4 py-3 text-[13px]/5', frame)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', ink)} />
      <div className="min-w-0">
        <p className="font-semibold">{what}</p>
        {advice !== null && <p className="mt-0.5">{advice}</p>}
        {inSettings && (
          <p className="mt-1.5">
            <Link to="/settings" className={textLink}>
              Open the settings
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}
