import type { Delivery } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import { failureName } from '../attempts/failure-advice.ts';
import { counted } from '../lib/counted.ts';
import { isolated } from '../lib/isolated.ts';
import { upcoming } from '../lib/upcoming.ts';
import { useNow } from '../lib/use-now.ts';
import { cx } from '../ui/cx.ts';
import { Moment } from '../ui/moment.tsx';
import { DeliveryStatePill } from './delivery-state-pill.tsx';
import { eventName } from './event-name.ts';

/** The list's columns, where it is wide enough for them. */
const columns =
  '@3xl:grid-cols-[7rem_minmax(0,1fr)_6.5rem_10.5rem_8rem] @3xl:gap-x-4 @3xl:grid-rows-[1fr_1fr]';

export function DeliveryColumns() {
  return (
    <div
      aria-hidden
      className={cx(
        'hidden h-9 items-center rounded-t-xl border-b border-line bg-sunken/60 px-5 text-xs font-medium text-ink-muted @3xl:grid @3xl:grid-rows-1!',
        columns,
      )}
    >
      {['State', 'Candidate and AI interview', 'Event', 'Answer'].map((name) => (
        <span key={name}>{name}</span>
      ))}
      <span className="text-right">Happened</span>
    </div>
  );
}

interface DeliveryRowProps {
  delivery: Delivery;
  /** The one row that Tab leads to; from there on `j`, `k` and the arrows lead. */
  tabbable: boolean;
  /** Where the focus goes when the delivery that was open is closed. */
  arrival: boolean;
  /** It opens beside the list, which stays where it is. */
  beside: boolean;
}

/** One delivery in two lines; a table's row where there is room. */
export function DeliveryRow({ delivery, tabbable, arrival, beside }: DeliveryRowProps) {
  const where = '@3xl:row-span-2 @3xl:row-start-1 @3xl:self-center';
  return (
    <Link
      to="/deliveries/$deliveryId"
      params={{ deliveryId: delivery.delivery_id }}
      search={(filter) => filter}
      resetScroll={!beside}
      data-row=""
      data-arrival={arrival ? 'left' : undefined}
      tabIndex={tabbable ? 0 : -1}
      className={cx(
        'grid h-full grid-cols-[minmax(0,1fr)_auto] content-center gap-x-3 gap-y-1 px-4 text-[13px]/5 transition-colors hover:bg-hover/60 focus-visible:outline-2! focus-visible:-outline-offset-2! aria-[current=page]:bg-selected @3xl:content-stretch @3xl:gap-y-0 @3xl:px-5',
        columns,
      )}
    >
      <span className="truncate font-medium text-ink @3xl:col-start-2 @3xl:row-start-1 @3xl:self-end">
        {isolated(delivery.candidate_name)}
      </span>
      <span className={cx('text-right text-ink-muted @3xl:col-start-5', where)}>
        <Moment at={delivery.created_at} />
      </span>
      <span className="col-span-2 flex min-w-0 items-center gap-x-2 text-ink-muted @3xl:contents">
        <span className={cx('shrink-0 @3xl:col-start-1', where)}>
          <DeliveryStatePill state={delivery.state} />
        </span>
        <span className={cx('shrink-0 text-ink @3xl:col-start-3', where)}>{eventName[delivery.event]}</span>
        <Answer delivery={delivery} className={cx('@3xl:col-start-4', where)} />
        <span className="min-w-0 truncate @3xl:col-start-2 @3xl:row-start-2 @3xl:self-start">
          {isolated(delivery.ai_interview_name)}
        </span>
      </span>
    </Link>
  );
}

function Answer({ delivery, className }: { delivery: Delivery; className: string }) {
  const now = useNow();
  const { last_status, last_error, attempts, state, next_attempt_at } = delivery;
  const answer = last_status ?? (last_error === null ? null : failureName(last_error));
  const next = state === 'pending' && next_attempt_at !== null && upcoming(new Date(next_attempt_at), now);
  const detail = next ? `next ${next}` : attempts > 1 && counted(attempts, 'attempt');
  return (
    <span className={cx('min-w-0 shrink-0 @max-3xl:max-w-1/2', className)}>
      <span className="block truncate tabular-nums">{answer ?? (next ? '' : '–')}</span>
      {detail && <span className="block truncate text-ink-muted @max-3xl:hidden">{detail}</span>}
    </span>
  );
}
