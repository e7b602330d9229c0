import { INTERVIEWS_COUNTED_UP_TO } from '@interview-webhooks/schema';
import { keepPreviousData } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { MessagesSquare, Plus, SearchX } from 'lucide-react';
import { checkedSearch } from '../app/checked-search.ts';
import { useTitle } from '../app/use-title.ts';
import { countedInterviews } from '../lib/counted.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { SearchInput } from '../ui/search-input.tsx';
import { CreateInterview } from './create-interview.tsx';
import { InterviewTable } from './interview-table.tsx';
import { InterviewsSearch } from './interviews-search.ts';

const route = getRouteApi('/interviews');

export function InterviewsPage() {
  useTitle('AI interviews');
  const mayRead = useScope('interviews:read');
  const mayWrite = useScope('interviews:write');
  const { text = '', dialog } = checkedSearch(InterviewsSearch, route.useSearch());
  const navigate = route.useNavigate();
  const count = trpc.interviews.count.useQuery(undefined, { enabled: mayRead });
  const create = mayWrite && (
    <Button
      look="primary"
      onClick={() => void navigate({ search: (search) => ({ ...search, dialog: 'create' }) })}
    >
      <Plus aria-hidden className="size-4" />
      New AI interview
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="AI interviews"
        description="Each has the webhook settings it was created with, until they are replaced or it gets its own."
        actions={create}
      />
      {mayRead ? (
        <>
          <div className="mt-6 mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <SearchInput
              label="Search by name"
              value={text}
              onSearch={(wanted) =>
                void navigate({ search: (search) => ({ ...search, text: wanted }), replace: true })
              }
            />
            <p className="text-xs text-ink-muted tabular-nums">{count.data && countText(count.data.count)}</p>
          </div>
          <Interviews text={text} create={create} />
        </>
      ) : (
        <MissingScope scope="interviews:read" title="You cannot see the AI interviews" className="mt-6" />
      )}
      {mayWrite && dialog === 'create' && (
        <CreateInterview
          onClose={() => void navigate({ search: ({ text: kept }) => ({ text: kept }), replace: true })}
        />
      )}
    </Page>
  );
}

function countText(count: number): string {
  return count > INTERVIEWS_COUNTED_UP_TO
    ? `more than ${countedInterviews(INTERVIEWS_COUNTED_UP_TO)}`
    : countedInterviews(count);
}

function Interviews({ text, create }: { text: string; create: React.ReactNode }) {
  const interviews = trpc.interviews.list.useInfiniteQuery(
    { text },
    { getNextPageParam: (page) => page.next_cursor, placeholderData: keepPreviousData },
  );
  return (
    <PagedList
      query={interviews}
      what="AI interviews"
      empty={
        text === '' ? (
          <EmptyState icon={MessagesSquare} title="No AI interviews yet" action={create}>
            Create one to invite candidates to. What happens in it is sent to your webhooks.
          </EmptyState>
        ) : (
          <EmptyState icon={SearchX} title="Nothing found">
            There is no AI interview with “{text}” in its name.
          </EmptyState>
        )
      }
    >
      {(entries) => <InterviewTable interviews={entries} />}
    </PagedList>
  );
}
