import type { Delivery } from '@interview-webhooks/schema';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { failureOf } from '../lib/failure.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DeliveryColumns, DeliveryRow } from './delivery-row.tsx';
import type { useDeliveries } from './use-deliveries.ts';
import { useDocumentTop } from './use-document-top.ts';
import { useHeldRows } from './use-held-rows.ts';

const ROW_REM = 4.25;
/** Rows beyond the window: enough for a held-down `j`. */
const OVERSCAN = 8;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 15;

interface DeliveryListProps {
  query: ReturnType<typeof useDeliveries>['query'];
  deliveries: Delivery[];
  /** The delivery that was open last, to come back to. */
  lastOpened: string | undefined;
  /** A delivery opens beside the list. */
  beside: boolean;
}

/** The rows in view, however many there are. */
export function DeliveryList({ query, deliveries, lastOpened, beside }: DeliveryListProps) {
  const list = useRef<HTMLOListElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const { rows, fresh, setFocused, release } = useHeldRows(deliveries, top);
  const [current, setCurrent] = useState(lastOpened);
  const currentIndex = Math.max(
    0,
    rows.findIndex(({ delivery_id }) => delivery_id === current),
  );
  const scrollMargin = useDocumentTop(list);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: rowPixels,
    overscan: OVERSCAN,
    scrollMargin,
    getItemKey: (index) => rows[index]?.delivery_id ?? index,
    // A row that is scrolled out of view while it has the focus must not take that with it.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), currentIndex])]
        .filter((index) => index < rows.length)
        .sort((one, other) => one - other),
  });
  const items = virtualizer.getVirtualItems();
  useNextPage(query, (items.at(-1)?.index ?? 0) + AHEAD >= rows.length);

  const onFocus = ({ target }: FocusEvent) => {
    setCurrent(target.closest('li')?.dataset['delivery']);
    setFocused(target.matches(':focus-visible'));
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (!list.current?.contains(relatedTarget)) setFocused(false);
  };
  const showFresh = () => {
    release();
    window.scrollTo({ top: 0 });
    list.current?.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
  };
  return (
    <div className="@container relative">
      <div ref={top} className="absolute top-0 h-px w-px" />
      {fresh > 0 && <FreshButton count={fresh} onClick={showFresh} />}
      <div className="rounded-xl border border-line bg-surface shadow-card">
        <DeliveryColumns />
        <ol
          ref={list}
          aria-label="Deliveries, newest first"
          onFocus={onFocus}
          onBlur={onBlur}
          onKeyDown={moveByArrows}
          className="relative overflow-hidden rounded-b-xl"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map(({ index, key, start, size }) => {
            const delivery = rows[index];
            if (!delivery) return null;
            return (
              <li
                key={key}
                data-delivery={delivery.delivery_id}
                aria-setsize={query.hasNextPage ? -1 : rows.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0 top-0 border-line not-first:border-t"
                style={{ height: size, transform: `translateY(${start - scrollMargin}px)` }}
              >
                <DeliveryRow
                  delivery={delivery}
                  tabbable={index === currentIndex}
                  arrival={delivery.delivery_id === lastOpened}
                  beside={beside}
                />
              </li>
            );
          })}
        </ol>
      </div>
      <ListEnd query={query} />
    </div>
  );
}

function rowPixels(): number {
  return ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/** Asks for the next page when the end comes near. */
export function useNextPage(query: DeliveryListProps['query'], isNear: boolean): void {
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  const wanted = isNear && hasNextPage && !isFetching && !isFetchNextPageError;
  const fetchMore = useEffectEvent(() => void fetchNextPage());
  useEffect(() => {
    if (wanted) fetchMore();
  }, [wanted]);
}

/** The arrows do in the list what `j` and `k` do everywhere. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const current = rows.findIndex((row) => row === document.activeElement);
  rows[current + step]?.focus();
}

function FreshButton({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <div className="pointer-events-none sticky top-16 z-10 flex h-0 justify-center lg:top-4">
      <button
        type="button"
        onClick={onClick}
        className="pointer-events-auto inline-flex h-9 animate-rise items-center gap-1.5 rounded-full bg-accent pr-3.5 pl-3 text-[13px] font-medium text-on-accent shadow-float hover:bg-accent-strong"
      >
        <ArrowUp aria-hidden className="size-4" />
        {count.toLocaleString('en')} new
      </button>
    </div>
  );
}

function ListEnd({ query }: { query: DeliveryListProps['query'] }) {
  if (query.isFetchNextPageError) {
    return (
      <FailureNotice
        className="mt-4"
        heading="No more could be loaded"
        failure={failureOf(query.error)}
        onRetry={() => void query.fetchNextPage()}
      />
    );
  }
  if (query.isFetchingNextPage) {
    return (
      <div role="status" aria-label="Loading more deliveries" className="mt-4 grid gap-3 px-4">
        <Skeleton className="h-3.5 w-2/3" />
        <Skeleton className="h-3.5 w-1/2" />
      </div>
    );
  }
  return null;
}
