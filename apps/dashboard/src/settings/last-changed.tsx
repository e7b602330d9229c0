import type { WebhookSettingsRevision } from '@interview-webhooks/schema';
import { trpc } from '../lib/trpc.ts';
import { Moment } from '../ui/moment.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** When the settings last changed, and by whom. Without an answer there is nothing to say: it is no setting. */
export function LastChanged() {
  const history = trpc.settings.history.useQuery({ limit: 1 });
  if (history.isPending) return <Skeleton className="h-4 w-72 max-w-full" />;
  const [newest] = history.data?.data ?? [];
  if (!newest) return null;
  return (
    <p className="text-[13px]/5 text-ink-muted">
      Last changed <Moment at={newest.created_at} /> by {actorName(newest)}, revision {newest.revision}
    </p>
  );
}

function actorName({ actor }: WebhookSettingsRevision): string {
  switch (actor.type) {
    case 'api_key':
      return `${actor.name} through the API`;
    case 'dashboard':
      return `${actor.name} in the dashboard`;
    case 'system':
      return 'the system';
  }
}
