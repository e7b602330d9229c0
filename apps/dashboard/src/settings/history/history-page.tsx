import {
  neverConfigured,
  type WebhookSettingsRevision,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import { History } from 'lucide-react';
import { useState } from 'react';
import { useTitle } from '../../app/use-title.ts';
import { failureOf } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { useScope } from '../../session/session-context.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Card } from '../../ui/section.tsx';
import { useNotify } from '../../ui/toast.tsx';
import { setsSettings } from './difference.ts';
import { RestoreDialog } from './restore-dialog.tsx';
import { RevisionEntry } from './revision-entry.tsx';

const nothing = webhookSettingsView(neverConfigured);

/** Everything that was done to the settings, newest first. */
export function HistoryPage() {
  useTitle('History of the settings');
  const query = trpc.settings.history.useInfiniteQuery(
    { limit: 25 },
    { getNextPageParam: ({ next_cursor }) => next_cursor },
  );
  const [restoring, setRestoring] = useState<WebhookSettingsRevision | null>(null);
  const { restore, error } = useRestore();
  const mayWrite = useScope('settings:write');
  const newest = query.data?.pages[0]?.data[0];
  const inEffect = query.data?.pages.flatMap(({ data }) => data).find(setsSettings);
  return (
    <div className="mt-14">
      {error && <FailureNotice className="mb-4" heading="Nothing was restored" failure={failureOf(error)} />}
      <PagedList
        query={query}
        what="history"
        empty={
          <EmptyState icon={History} title="Nothing has happened yet">
            Every change of the settings is kept here, with who made it, and can be brought back.
          </EmptyState>
        }
      >
        {(entries) => (
          <Card>
            <ol aria-label="Revisions, newest first" className="divide-y divide-line">
              {/* What came before the last one is on the next page, and what it changed is not known yet. */}
              {(query.hasNextPage ? entries.slice(0, -1) : entries).map((entry, index) => (
                <RevisionEntry
                  key={entry.revision}
                  entry={entry}
                  before={entries[index + 1] ?? nothing}
                  current={entry === inEffect}
                  onRestore={
                    mayWrite && setsSettings(entry)
                      ? () => {
                          setRestoring(entry);
                        }
                      : undefined
                  }
                />
              ))}
            </ol>
          </Card>
        )}
      </PagedList>
      {restoring && newest && (
        <RestoreDialog
          entry={restoring}
          current={newest}
          onCancel={() => {
            setRestoring(null);
          }}
          onConfirm={(updateAll) => {
            setRestoring(null);
            restore(restoring.revision, updateAll);
          }}
        />
      )}
    </div>
  );
}

function useRestore() {
  const { settings } = trpc.useUtils();
  const notify = useNotify();
  const mutation = trpc.settings.restore.useMutation({
    onSuccess: (view, { revision }) => {
      settings.webhookSettings.setData(undefined, view);
      void settings.history.invalidate();
      notify({ tone: 'ok', title: `Revision ${revision} was restored` });
    },
  });
  return {
    error: mutation.error,
    restore: (revision: number, updateAll: boolean) => {
      mutation.mutate({ revision, updateAll });
    },
  };
}
