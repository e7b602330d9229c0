import type { Delivery } from '@interview-webhooks/schema';
import { Outlet, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTitle } from '../app/use-title.ts';
import { useWide } from '../lib/use-wide.ts';
import { useScope } from '../session/session-context.ts';
import { cx } from '../ui/cx.ts';
import { MissingScope } from '../ui/missing-scope.tsx';
import { NotConnected } from '../ui/not-connected.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { DeliveriesBody } from './deliveries-body.tsx';
import { isFiltered, useDeliveryFilter } from './deliveries-search.ts';
import { FilterBar } from './filter-bar.tsx';
import { LiveStatus } from './live-status.tsx';
import { NewsOfArrivals } from './news-of-arrivals.tsx';
import { RedeliverMatching } from './redeliver-matching.tsx';
import { RunningRedeliveries } from './running-redeliveries.tsx';
import { useDeliveries } from './use-deliveries.ts';

/** The list, with the delivery that is open beside it; in place of it where there is little room. */
export function DeliveriesPage() {
  const mayRead = useScope('deliveries:read');
  const open = useParams({ strict: false }).deliveryId;
  const isWide = useWide();
  const [lastOpened, setLastOpened] = useState(open);
  if (open !== undefined && open !== lastOpened) setLastOpened(open);
  useTitle(open === undefined ? 'Deliveries' : 'Delivery');
  if (!mayRead) {
    return (
      <Page>
        <PageHeader title="Deliveries" />
        <MissingScope scope="deliveries:read" title="Deliveries cannot be shown" className="mt-6" />
      </Page>
    );
  }
  if (open !== undefined && !isWide) {
    return (
      <Page>
        <Outlet />
      </Page>
    );
  }
  return <ListPage open={open} lastOpened={lastOpened} isWide={isWide} />;
}

interface ListPageProps {
  open: string | undefined;
  lastOpened: string | undefined;
  isWide: boolean;
}

function ListPage({ open, lastOpened, isWide }: ListPageProps) {
  const filter = useDeliveryFilter();
  const mayWrite = useScope('deliveries:write');
  const [paused, setPaused] = useState(false);
  const { query, connection } = useDeliveries(filter, paused);
  const { liveness } = connection;
  const deliveries = query.data?.pages.flatMap(({ data }) => data) ?? none;
  const filterKey = JSON.stringify(filter);
  return (
    <Page>
      <PageHeader
        title="Deliveries"
        description="What was sent, what came back, and what comes next."
        actions={
          <>
            <LiveStatus liveness={liveness} onPause={setPaused} />
            {mayWrite && isFiltered(filter) && (
              <RedeliverMatching filter={filter} disabled={deliveries.length === 0} />
            )}
          </>
        }
      />
      {liveness === 'offline' && (
        <NotConnected since={connection.since} error={connection.error} className="mt-6" />
      )}
      <RunningRedeliveries />
      <FilterBar filter={filter} sample={deliveries[0]} />
      {query.isSuccess && !query.isPlaceholderData && (
        <NewsOfArrivals key={filterKey} deliveries={deliveries} />
      )}
      <div
        className={open === undefined ? '' : 'grid grid-cols-[minmax(0,5fr)_minmax(0,6fr)] items-start gap-6'}
      >
        <div className={cx('min-w-0', query.isPlaceholderData && 'opacity-60')}>
          <DeliveriesBody
            key={filterKey}
            query={query}
            deliveries={deliveries}
            filter={filter}
            lastOpened={lastOpened}
            beside={isWide}
          />
        </div>
        {open !== undefined && <Outlet />}
      </div>
    </Page>
  );
}

const none: Delivery[] = [];
