import type { Attempt, AttemptTrigger, DeliveryDetails } from '@interview-webhooks/schema';
import { CalendarClock, ChevronRight, CircleCheck, CircleX, Flag, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { AttemptContents } from '../attempts/attempt-contents.tsx';
import { milliseconds } from '../attempts/timing-phases.ts';
import { failureName } from '../attempts/failure-advice.ts';
import { upcoming } from '../lib/upcoming.ts';
import { useNow } from '../lib/use-now.ts';
import { cx } from '../ui/cx.ts';
import { Moment } from '../ui/moment.tsx';

const triggers: Record<AttemptTrigger, string> = {
  event: 'as it happened',
  retry: 'retry',
  manual: 'sent by hand',
  bulk: 'redelivered by a filter',
  test: 'test',
};

/** What was tried, newest first, between what comes next and what it all began with. */
export function AttemptTimeline({ delivery }: { delivery: DeliveryDetails }) {
  const now = useNow();
  const { log, state, next_attempt_at, created_at, event } = delivery;
  const newest = log.at(-1);
  const happened = event === 'ai_interview.start' ? 'The candidate started' : 'The candidate submitted';
  return (
    <ol aria-label="Attempts, newest first" className="grid">
      {state === 'pending' && next_attempt_at !== null && (
        <Step icon={CalendarClock} tone="text-warn">
          <p className="min-h-8 py-1.5 font-medium">
            Next attempt{' '}
            <time dateTime={next_attempt_at} title={new Date(next_attempt_at).toLocaleString('en')}>
              {upcoming(new Date(next_attempt_at), now)}
            </time>
          </p>
        </Step>
      )}
      {log.toReversed().map((attempt) => (
        <AttemptStep key={attempt.number} attempt={attempt} open={attempt === newest} />
      ))}
      <Step icon={Flag} tone="text-ink-muted" last>
        <p className="min-h-8 py-1.5 text-ink-muted">
          {happened} <Moment at={created_at} />
        </p>
      </Step>
    </ol>
  );
}

function AttemptStep({ attempt, open }: { attempt: Attempt; open: boolean }) {
  const { number, trigger, started_at, status, error, timings } = attempt;
  const result = error === null || status !== null ? String(status) : failureName(error.code);
  return (
    <Step icon={error ? CircleX : CircleCheck} tone={error ? 'text-danger' : 'text-ok'}>
      <details open={open} className="group/attempt">
        <summary className="-mx-2 flex min-h-8 cursor-pointer list-none flex-wrap items-center gap-x-2 rounded-md px-2 py-1.5 select-none hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-3.5 text-ink-muted transition-transform group-open/attempt:rotate-90"
          />
          <span className="font-medium">Attempt {number}</span>
          <span className={cx('font-medium', error ? 'text-danger' : 'text-ok')}>{result}</span>
          <span className="text-ink-muted tabular-nums">{milliseconds(timings.total_ms)}</span>
          <span className="ml-auto text-right text-ink-muted">
            {triggers[trigger]}, <Moment at={started_at} />
          </span>
        </summary>
        <div className="grid gap-4 pt-2 pb-5">
          {error && <p className="wrap-anywhere text-ink-muted">{error.message}</p>}
          <AttemptContents attempt={attempt} />
        </div>
      </details>
    </Step>
  );
}

interface StepProps {
  icon: LucideIcon;
  tone: string;
  last?: boolean;
  children: ReactNode;
}

function Step({ icon: Icon, tone, last = false, children }: StepProps) {
  return (
    <li className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 text-[13px]/5">
      {!last && (
        <span aria-hidden className="absolute top-7 bottom-0 left-2.5 w-px -translate-x-1/2 bg-line-strong" />
      )}
      <span className="grid h-8 place-items-center">
        <Icon aria-hidden className={cx('size-4.5', tone)} />
      </span>
      <div className="min-w-0 pb-1">{children}</div>
    </li>
  );
}
