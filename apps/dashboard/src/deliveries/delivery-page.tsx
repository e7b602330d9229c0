import type { DeliveryDetails } from '@interview-webhooks/schema';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, X } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { onPlainKey } from '../app/use-page-keys.ts';
import { failureOf } from '../lib/failure.ts';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { useWide } from '../lib/use-wide.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { NotConnectedWhileStale } from '../ui/not-connected.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AttemptTimeline } from './attempt-timeline.tsx';
import { DeliveryActions } from './delivery-actions.tsx';
import { DeliveryFacts } from './delivery-facts.tsx';
import { DeliveryStatePill } from './delivery-state-pill.tsx';
import { DeliveryVerdict } from './delivery-verdict.tsx';
import { eventName } from './event-name.ts';
import { useShowInLists } from './use-deliveries.ts';

const MOVING_MS = 2_000;
/** It may be sent again from elsewhere. */
const RESTING_MS = 15_000;

/** One delivery with every attempt: beside the list where there is room, otherwise in its place. */
export function DeliveryPage() {
  const { deliveryId } = useParams({ from: '/deliveries/$deliveryId' });
  const isWide = useWide();
  const query = trpc.deliveries.get.useQuery(
    { delivery_id: deliveryId },
    {
      refetchInterval: ({ state: { data } }) => (data && isAtRest(data) ? RESTING_MS : MOVING_MS),
    },
  );
  useShownInLists(query.data);
  const contents = (
    <article className="grid gap-5">
      {/* It has the focus, and so must stay the same while the delivery is on its way. */}
      <Title>{isolated(query.data?.candidate_name ?? 'Delivery')}</Title>
      {query.data ? (
        <>
          <NotConnectedWhileStale query={query} />
          <DeliveryContents key={deliveryId} delivery={query.data} />
        </>
      ) : query.error ? (
        <FailureNotice
          heading="This delivery cannot be shown"
          failure={failureOf(query.error)}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <DeliverySkeleton />
      )}
    </article>
  );
  return isWide ? (
    <Panel>{contents}</Panel>
  ) : (
    <>
      <Link
        to="/deliveries"
        search={(filter) => filter}
        className="-ml-1 mb-3 inline-flex h-9 items-center gap-1.5 rounded-md px-1 text-[13px] font-medium text-ink-muted hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4" />
        Deliveries
      </Link>
      {contents}
    </>
  );
}

function isAtRest({ state, attempts, log }: DeliveryDetails): boolean {
  // The log is written just behind the delivery.
  return state !== 'pending' && state !== 'delivering' && log.length >= attempts;
}

/** Beside the list; Escape closes it. */
function Panel({ children }: { children: React.ReactNode }) {
  const navigate = useNavigate();
  const close = useEffectEvent(
    () => void navigate({ to: '/deliveries', search: (filter) => filter, resetScroll: false }),
  );
  useEffect(() => {
    const listener = onPlainKey((key) => {
      // Another thing that Escape closes comes first.
      if (key !== 'Escape' || document.querySelector(':popover-open')) return false;
      close();
      return true;
    });
    document.addEventListener('keydown', listener);
    return () => {
      document.removeEventListener('keydown', listener);
    };
  }, []);
  return (
    <aside
      aria-label="Delivery"
      className="sticky top-4 max-h-[calc(100dvh-2rem)] animate-rise overflow-y-auto overscroll-contain rounded-xl border border-line bg-surface p-5 shadow-card"
    >
      {children}
      <Link
        to="/deliveries"
        search={(filter) => filter}
        resetScroll={false}
        aria-label="Close"
        title="Close (Esc)"
        className="absolute top-4 right-4 inline-flex size-8 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </Link>
    </aside>
  );
}

function useShownInLists(delivery: DeliveryDetails | undefined): void {
  const showInLists = useEffectEvent(useShowInLists());
  useEffect(() => {
    if (delivery) showInLists(delivery);
  }, [delivery]);
}

/** Beside the list it is a part of the page; in its place, the page. */
function Title({ children }: { children: string }) {
  const Heading = useWide() ? 'h2' : 'h1';
  return (
    <Heading
      data-arrival="opened"
      tabIndex={-1}
      className="text-lg font-semibold tracking-tight wrap-anywhere xl:pr-10"
    >
      {children}
    </Heading>
  );
}

function DeliveryContents({ delivery }: { delivery: DeliveryDetails }) {
  return (
    <>
      <p className="-mt-3.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-[13px]/5 text-ink-muted">
        <DeliveryStatePill state={delivery.state} />
        {eventName[delivery.event]} · {isolated(delivery.ai_interview_name)}
      </p>
      <DeliveryVerdict delivery={delivery} />
      <DeliveryActions delivery={delivery} />
      <DeliveryFacts delivery={delivery} />
      <section aria-label="Attempts">
        <h2 className="mb-2 text-sm font-semibold">Attempts</h2>
        <AttemptTimeline delivery={delivery} />
      </section>
    </>
  );
}

function DeliverySkeleton() {
  return (
    <div role="status" aria-label="Loading the delivery" className="grid gap-4">
      <Skeleton className="h-5 w-64 max-w-full" />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-9 w-48" />
      <Skeleton className="h-48 w-full" />
    </div>
  );
}
