import type { Waiting } from '@interview-webhooks/schema';
import { CircleCheck } from 'lucide-react';
import { formatCount } from '../lib/figures.ts';
import { Moment } from '../ui/moment.tsx';
import { Panel } from '../ui/panel.tsx';
import { dueNames, waitingInAll } from './waiting.ts';
import { WayIn } from './way-in.tsx';

/** What waits to be sent, and when it will be. */
export function WaitingCard({ waiting }: { waiting: Waiting }) {
  const { by_due, delivering, next_attempt_at } = waiting;
  const none = waitingInAll(waiting).count === 0;
  const most = Math.max(1, ...by_due.map(({ count }) => count));
  return (
    <Panel
      title="Waiting to be sent"
      className="flex flex-col"
      action={
        !none && (
          <WayIn way={{ to: '/deliveries', search: { state: 'pending' } }} className="text-[13px]">
            Show them
          </WayIn>
        )
      }
    >
      {none ? (
        <p className="flex items-center gap-2 border-t border-line px-4 py-5 text-[13px] text-ink-muted sm:px-5">
          <CircleCheck aria-hidden className="size-4 text-ok" />
          Nothing waits: whatever happened has been sent.
        </p>
      ) : (
        <table className="mb-1.5 w-full border-t border-line text-left text-[13px]/5">
          <caption className="sr-only">What waits, by when it is due</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Due</th>
              <th scope="col">Deliveries</th>
            </tr>
          </thead>
          <tbody>
            {by_due.map(({ within, count, more }) => (
              <tr key={within} className={count === 0 ? 'text-ink-muted' : undefined}>
                <th scope="row" className="w-44 py-1.5 pl-4 font-normal sm:pl-5">
                  {dueNames[within]}
                </th>
                <td className="py-1.5 pr-4 sm:pr-5">
                  <span className="flex items-center gap-3">
                    <span aria-hidden className="h-2 grow overflow-hidden rounded-full bg-sunken">
                      <span
                        style={{ width: `${(count / most) * 100}%` }}
                        className="block h-full rounded-full bg-chart-delivered"
                      />
                    </span>
                    <span className="w-14 text-right font-medium tabular-nums">
                      {formatCount(count)}
                      {more && '+'}
                    </span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(next_attempt_at !== null || delivering.count > 0) && (
        <p className="mt-auto border-t border-line px-4 py-3 text-xs/5 text-ink-muted sm:px-5">
          {next_attempt_at !== null && (
            <>
              The next attempt is due <Moment at={next_attempt_at} ahead />.{' '}
            </>
          )}
          {delivering.count > 0 &&
            `${formatCount(delivering.count)}${delivering.more ? '+' : ''} on their way right now.`}
        </p>
      )}
    </Panel>
  );
}
