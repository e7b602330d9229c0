import { trpc } from '../lib/trpc.ts';
import { Moment } from '../ui/moment.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { actorName } from './actor-name.ts';

/** When the settings last changed, and by whom. Without an answer there is nothing to say: it is no setting. */
export function LastChanged() {
  const history = trpc.settings.history.useQuery({ limit: 1 });
  if (history.isPending) return <Skeleton className="h-4 w-72 max-w-full" />;
  const [newest] = history.data?.data ?? [];
  if (!newest) return null;
  return (
    <p className="text-[13px]/5 text-ink-muted">
      Last changed <Moment at={newest.created_at} /> by {actorName(newest.actor)}, revision {newest.revision}
    </p>
  );
}
