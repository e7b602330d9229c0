import type { OpenSession } from '@interview-webhooks/schema';
import { MonitorSmartphone } from 'lucide-react';
import { useId, useState } from 'react';
import { trpc } from '../lib/trpc.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PagedList } from '../ui/paged-list.tsx';
import { EndSession } from './end-session.tsx';
import { SessionTable } from './session-table.tsx';

/** Who is signed in to the dashboard, for those who may manage keys: a session is as good as its key. */
export function Sessions() {
  const id = useId();
  const sessions = trpc.sessions.list.useInfiniteQuery({}, { getNextPageParam: (page) => page.next_cursor });
  const [ending, setEnding] = useState<OpenSession | null>(null);
  return (
    <section aria-labelledby={id} className="mt-10">
      <h2 id={id} className="text-sm font-semibold">
        Sessions
      </h2>
      <p className="mt-1 mb-4 max-w-prose text-[13px]/5 text-ink-muted">
        Browsers that are signed in to this dashboard. End one that you do not know, or that of a lost laptop.
      </p>
      <PagedList
        query={sessions}
        what="sessions"
        empty={
          <EmptyState icon={MonitorSmartphone} title="No sessions">
            A browser is listed here from signing in until it signs out or its session ends.
          </EmptyState>
        }
      >
        {(entries) => <SessionTable sessions={entries} onEnd={setEnding} />}
      </PagedList>
      <EndSession
        session={ending}
        onClose={() => {
          setEnding(null);
        }}
      />
    </section>
  );
}
