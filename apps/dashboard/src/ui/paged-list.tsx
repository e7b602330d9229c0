import type { ReactNode } from 'react';
import { failureOf } from '../lib/failure.ts';
import { Button } from './button.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { TableSkeleton } from './table.tsx';

/** What a list needs to know of its query; any infinite query of the API is one. */
interface PagedQuery<Entry> {
  data: { pages: readonly { data: Entry[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  isLoadingError: boolean;
  isFetchNextPageError: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
  refetch: () => Promise<unknown>;
}

interface PagedListProps<Entry> {
  query: PagedQuery<Entry>;
  /** What it is a list of, in a sentence: `API keys`. */
  what: string;
  /** In place of a list without entries. */
  empty: ReactNode;
  children: (entries: Entry[]) => ReactNode;
}

/** A list that comes page by page: on its way, failed, empty, or here with more to load. */
export function PagedList<Entry>({ query, what, empty, children }: PagedListProps<Entry>) {
  if (query.isPending) return <TableSkeleton label={`Loading the ${what}`} />;
  if (query.isLoadingError || !query.data) {
    return (
      <FailureNotice
        heading={`The ${what} could not be loaded`}
        failure={failureOf(query.error)}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const entries = query.data.pages.flatMap((page) => page.data);
  if (entries.length === 0) return empty;
  return (
    <>
      {children(entries)}
      {query.isFetchNextPageError && (
        <FailureNotice className="mt-4" heading="No more could be loaded" failure={failureOf(query.error)} />
      )}
      {query.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}
