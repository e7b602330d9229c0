import type { Delivery, DeliveryFilter } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import { Inbox, SearchX } from 'lucide-react';
import { failureOf } from '../lib/failure.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { textLink } from '../ui/text-link.ts';
import { DeliveryList, useNextPage } from './delivery-list.tsx';
import { isFiltered, useClearFilter } from './deliveries-search.ts';
import type { useDeliveries } from './use-deliveries.ts';

interface DeliveriesBodyProps {
  query: ReturnType<typeof useDeliveries>['query'];
  deliveries: Delivery[];
  filter: DeliveryFilter;
  lastOpened: string | undefined;
  beside: boolean;
}

/** The list, or why there is none. */
export function DeliveriesBody({ query, deliveries, filter, ...list }: DeliveriesBodyProps) {
  if (query.isPending) return <ListSkeleton label="Loading the deliveries" />;
  if (query.isLoadingError) {
    return (
      <FailureNotice
        heading="The deliveries could not be loaded"
        failure={failureOf(query.error)}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (deliveries.length === 0 && query.hasNextPage) return <LookingBack query={query} />;
  if (deliveries.length === 0) return isFiltered(filter) ? <NoMatch /> : <Fresh />;
  return <DeliveryList query={query} deliveries={deliveries} {...list} />;
}

/** A page may be empty and go on: something rare is looked for among much. */
function LookingBack({ query }: Pick<DeliveriesBodyProps, 'query'>) {
  useNextPage(query, true);
  if (query.isFetchNextPageError) {
    return (
      <FailureNotice
        heading="The deliveries could not be searched to the end"
        failure={failureOf(query.error)}
        onRetry={() => void query.fetchNextPage()}
      />
    );
  }
  return <ListSkeleton label="Looking further back" />;
}

function Fresh() {
  return (
    <EmptyState icon={Inbox} title="No deliveries yet">
      When a candidate starts or submits an AI interview, the webhook shows up here by itself. Set its URL in
      the{' '}
      <Link to="/settings" className={textLink}>
        settings
      </Link>{' '}
      first.
    </EmptyState>
  );
}

function NoMatch() {
  const clear = useClearFilter();
  return (
    <EmptyState
      icon={SearchX}
      title="No delivery matches"
      action={<Button onClick={clear}>Clear all filters</Button>}
    >
      Remove a filter above, or look further back. Words are found by how they begin, in the names of
      candidates and AI interviews and in e-mail addresses.
    </EmptyState>
  );
}

function ListSkeleton({ label }: { label: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card"
    >
      {Array.from({ length: 8 }, (_, row) => (
        <div key={row} className="flex h-17 items-center gap-5 px-4 sm:px-5">
          <Skeleton className="h-5 w-20 rounded-full max-sm:hidden" />
          <div className="grow">
            <Skeleton className="h-3.5 w-44 max-w-full" />
            <Skeleton className="mt-2 h-3 w-28" />
          </div>
          <Skeleton className="h-3 w-20" />
        </div>
      ))}
    </div>
  );
}
