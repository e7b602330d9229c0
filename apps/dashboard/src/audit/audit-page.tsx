import { keepPreviousData } from '@tanstack/react-query';
import { AuditAction, type AuditEntry } from '@interview-webhooks/schema';
import { getRouteApi } from '@tanstack/react-router';
import { ScrollText, SearchX } from 'lucide-react';
import { checkedSearch } from '../app/checked-search.ts';
import { given } from '../app/search-params.ts';
import { useTitle } from '../app/use-title.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { Card } from '../ui/section.tsx';
import { Select } from '../ui/select.tsx';
import { actionWords } from './action-words.ts';
import { AuditItem } from './audit-item.tsx';
import { AuditSearch } from './audit-search.ts';
import { knownActors } from './known-actors.ts';

const route = getRouteApi('/audit');

/** Who did what, newest first. */
export function AuditPage() {
  useTitle('Audit trail');
  const mayRead = useScope('audit:read');
  return (
    <Page width="form">
      <PageHeader
        title="Audit trail"
        description="Who did what with keys, settings, secrets and deliveries. Nothing here is ever changed or removed."
      />
      {mayRead ? (
        <Trail />
      ) : (
        <MissingScope scope="audit:read" title="You cannot see the audit trail" className="mt-6" />
      )}
    </Page>
  );
}

function Trail() {
  const filter = checkedSearch(AuditSearch, route.useSearch());
  const isFiltered = Object.keys(filter).length > 0;
  const query = trpc.audit.list.useInfiniteQuery(filter, {
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  const shown = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <>
      <Filters filter={filter} actors={useActors(filter, shown)} />
      <PagedList
        query={query}
        what="audit trail"
        empty={
          isFiltered ? (
            <EmptyState icon={SearchX} title="Nothing found">
              Nobody has done this so far. Choose another action, or anyone.
            </EmptyState>
          ) : (
            <EmptyState icon={ScrollText} title="Nothing has happened yet">
              Whatever is done to keys, settings, secrets and deliveries is kept here, with who did it.
            </EmptyState>
          )
        }
      >
        {(entries) => (
          <Card>
            <ol aria-label="Entries, newest first" className="divide-y divide-line">
              {entries.map((entry) => (
                <AuditItem key={entry.audit_id} entry={entry} />
              ))}
            </ol>
          </Card>
        )}
      </PagedList>
    </>
  );
}

/** The keys that whoever is signed in may list, beside those whose deeds are on the page. */
function useActors({ actor }: AuditSearch, shown: readonly AuditEntry[]) {
  const mayListKeys = useScope('keys:manage');
  const keys = trpc.apiKeys.list.useQuery({ limit: 100 }, { enabled: mayListKeys });
  return knownActors(
    keys.data?.data ?? [],
    shown.map((entry) => entry.actor),
    actor,
  );
}

interface FiltersProps {
  filter: AuditSearch;
  actors: readonly { value: string; label: string }[];
}

function Filters({ filter, actors }: FiltersProps) {
  const navigate = route.useNavigate();
  const change = (part: Partial<Record<keyof AuditSearch, string>>) =>
    void navigate({
      search: () => checkedSearch(AuditSearch, given({ ...filter, ...part })),
    });
  return (
    <div role="search" aria-label="Audit trail" className="mt-6 mb-4 flex flex-wrap gap-2">
      <Select
        aria-label="Action"
        value={filter.action ?? ''}
        onChange={(event) => {
          change({ action: event.target.value });
        }}
        options={[
          { value: '', label: 'Any action' },
          ...AuditAction.options.map((value) => ({ value, label: actionWords[value].title })),
        ]}
        className="w-72 max-w-full max-sm:w-full"
      />
      <Select
        aria-label="Who"
        value={filter.actor ?? ''}
        onChange={(event) => {
          change({ actor: event.target.value });
        }}
        options={[{ value: '', label: 'Anyone' }, ...actors]}
        className="w-52 max-w-full max-sm:w-full"
      />
    </div>
  );
}
