import type { Delivery, DeliveryFilter, Page } from '@interview-webhooks/schema';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { useEffect, useEffectEvent } from 'react';
import { trpc } from '../lib/trpc.ts';
import { withDelivery, withFirstPage } from './live-rows.ts';

/** A few screens, so that scrolling seldom waits. */
const PAGE_SIZE = 50;
const POLL_MS = 5_000;
const RECONNECT_MS = 30_000;

type Pages = InfiniteData<Page<Delivery>, string | null>;

/** How the list learns of what is new. */
export type Liveness = 'connecting' | 'live' | 'polling' | 'offline' | 'paused';

/** The deliveries that match, newest first and page by page; the first page is kept up to date. */
export function useDeliveries(filter: DeliveryFilter, paused: boolean) {
  const utils = trpc.useUtils();
  const input = { ...filter, limit: PAGE_SIZE };
  const query = trpc.deliveries.list.useInfiniteQuery(input, {
    getNextPageParam: ({ next_cursor }) => next_cursor,
    // Another filter's rows stay for the moment that it takes: a list that flickers is hard to follow.
    placeholderData: (before) => before,
  });
  const take = (first: Page<Delivery>) => {
    utils.deliveries.list.setInfiniteData(input, (known) => {
      if (!known) return known;
      const pages = withFirstPage(known.pages, first);
      return { pages, pageParams: known.pageParams.slice(0, pages.length) };
    });
  };
  const liveness = useFirstPage(filter, { paused: paused || !query.isSuccess, onPage: take });
  return { query, liveness: paused ? ('paused' as const) : liveness };
}

interface FirstPageOptions {
  paused: boolean;
  onPage: (first: Page<Delivery>) => void;
}

/** Follows the first page over server-sent events; asks for it every few seconds while these do not come. */
function useFirstPage(filter: DeliveryFilter, { paused, onPage }: FirstPageOptions): Liveness {
  const stream = trpc.deliveries.live.useSubscription(filter, { enabled: !paused, onData: onPage });
  const isLive = stream.status === 'pending';
  const polled = trpc.deliveries.list.useQuery(filter, {
    enabled: !paused && !isLive,
    refetchInterval: POLL_MS,
  });
  const take = useEffectEvent(onPage);
  useEffect(() => {
    if (polled.data && !isLive) take(polled.data);
  }, [polled.data, isLive]);
  const { status, reset } = stream;
  useEffect(() => {
    if (status !== 'error') return undefined;
    // A broken connection is made again by the browser; one that was refused, only by us.
    const timer = setTimeout(reset, RECONNECT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [status, reset]);
  if (isLive) return 'live';
  if (polled.isError) return 'offline';
  return stream.error ? 'polling' : 'connecting';
}

/** Puts a delivery as it is now into every list that shows it. */
export function useShowInLists(): (delivery: Delivery) => void {
  const queries = useQueryClient();
  return (delivery) => {
    const lists = { queryKey: getQueryKey(trpc.deliveries.list, undefined, 'infinite') };
    queries.setQueriesData<Pages>(
      lists,
      (known) => known && { ...known, pages: withDelivery(known.pages, delivery) },
    );
  };
}
