import type { Delivery, InterviewResponse } from '@interview-webhooks/schema';
import { DeliveryStatePill } from '../deliveries/delivery-state-pill.tsx';
import { eventName } from '../deliveries/event-name.ts';
import { counted } from '../lib/counted.ts';
import { failureOf } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Moment } from '../ui/moment.tsx';
import { NotConnectedWhileStale } from '../ui/not-connected.tsx';
import { Card } from '../ui/section.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** How often what is not over yet is looked at again. */
const POLL_MS = 2_000;

/** Each event that happened has its delivery a moment later. */
function isSettled(
  { started_at, submitted_at }: InterviewResponse,
  deliveries: readonly Delivery[],
): boolean {
  const events = Number(started_at !== null) + Number(submitted_at !== null);
  return deliveries.length >= events && deliveries.every(({ finished_at }) => finished_at !== null);
}

/** What was sent about one response, newest first; it follows along until nothing is under way. */
export function ResponseDeliveries({ response }: { response: InterviewResponse }) {
  const deliveries = trpc.deliveries.list.useQuery(
    { response_id: response.response_id },
    {
      refetchInterval: ({ state }) => (state.data && !isSettled(response, state.data.data) ? POLL_MS : false),
    },
  );
  if (deliveries.isPending) return <Skeleton className="h-18 w-full" />;
  if (!deliveries.data) {
    return <FailureNotice failure={failureOf(deliveries.error)} onRetry={() => void deliveries.refetch()} />;
  }
  const { data } = deliveries.data;
  if (data.length === 0) {
    return (
      <p className="text-[13px]/5 text-ink-muted">
        {response.started_at === null
          ? 'Nothing has happened yet that a webhook could tell.'
          : 'None: no webhook was on when something happened.'}
      </p>
    );
  }
  return (
    <div className="grid gap-3">
      <NotConnectedWhileStale query={deliveries} />
      <Card>
        {data.map((delivery) => (
          <DeliveryEntry key={delivery.delivery_id} delivery={delivery} />
        ))}
      </Card>
    </div>
  );
}

function DeliveryEntry({ delivery }: { delivery: Delivery }) {
  const { delivery_id, event, state, attempts, last_status, last_error, next_attempt_at } = delivery;
  return (
    <div role="group" aria-label={eventName[event]} className="p-4 text-[13px]/5">
      <div className="flex items-center justify-between gap-3">
        <p className="font-medium">{eventName[event]}</p>
        <DeliveryStatePill state={state} />
      </div>
      <p className="mt-1 text-ink-muted">
        <Moment at={delivery.created_at} />, {counted(attempts, 'attempt')}
        {last_status !== null && `, answered ${last_status}`}
        {last_status === null && last_error !== null && `, no answer: ${last_error}`}
      </p>
      {next_attempt_at !== null && (
        <p className="mt-1 text-ink-muted">
          Next attempt <Moment at={next_attempt_at} ahead />
        </p>
      )}
      <p className="mt-1 flex items-center gap-1 text-xs text-ink-muted">
        <code className="min-w-0 truncate font-mono">{delivery_id}</code>
        <CopyButton text={delivery_id} what="delivery id" />
      </p>
    </div>
  );
}
