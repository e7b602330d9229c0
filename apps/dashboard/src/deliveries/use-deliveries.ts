import type { Delivery, DeliveryFilter, Page } from '@interview-webhooks/schema';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { useEffect, useEffectEvent } from 'react';
import { hasNews, lastHeardAt, livenessOf } from '../lib/liveness.ts';
import { trpc } from '../lib/trpc.ts';
import { useAdrift } from '../lib/use-adrift.ts';
import { withDelivery, withFirstPage } from './live-rows.ts';

/** A few screens, so that scrolling seldom waits. */
const PAGE_SIZE = 50;
export const POLL_MS = 5_000;

type Pages = InfiniteData<Page<Delivery>, string | null>;

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
  const { newest, ...connection } = useFirstPage(filter, {
    paused: paused || !query.isSuccess,
    onPage: take,
  });
  const keep = useEffectEvent(() => {
    if (newest) take(newest);
  });
  useEffect(() => {
    // What was on its way meanwhile is put together with pages from when it was asked for, without what came since.
    if (!query.isFetching) keep();
  }, [query.isFetching]);
  return { query, connection: paused ? { ...connection, liveness: 'paused' as const } : connection };
}

interface FirstPageOptions {
  paused: boolean;
  onPage: (first: Page<Delivery>) => void;
}

/** Follows the first page over server-sent events; asks for it every few seconds while these do not come. */
function useFirstPage(filter: DeliveryFilter, { paused, onPage }: FirstPageOptions) {
  const queries = useQueryClient();
  const stream = trpc.deliveries.live.useSubscription(filter, { enabled: !paused, onData: onPage });
  const isLive = stream.status === 'pending';
  const adriftSince = useAdrift(paused || isLive);
  const polled = trpc.deliveries.list.useQuery(filter, {
    enabled: adriftSince !== null,
    refetchInterval: POLL_MS,
    // Asked again soon anyway, and until then it is known that it failed.
    retry: false,
    staleTime: 0,
  });
  const known = { isLive, adriftSince, polls: polled };
  const isNews = hasNews(known);
  const take = useEffectEvent(onPage);
  useEffect(() => {
    if (polled.data && isNews) take(polled.data);
  }, [polled.data, isNews]);
  // Exactly this one: the page's own query for the same filter may be on its way.
  const cancelPoll = useEffectEvent(
    () =>
      void queries.cancelQueries({
        queryKey: getQueryKey(trpc.deliveries.list, filter, 'query'),
        exact: true,
      }),
  );
  useEffect(() => {
    if (isLive) cancelPoll();
  }, [isLive]);
  return {
    liveness: livenessOf(known),
    since: lastHeardAt(known),
    error: polled.error,
    /** The first page as it was last heard of live. */
    newest: isLive ? stream.data : undefined,
  };
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
