import type { WebhookSettingsRevision } from '@interview-webhooks/schema';
import { useEffect, useState } from 'react';
import { relativeTime } from '../lib/relative-time.ts';
import { trpc } from '../lib/trpc.ts';
import { Skeleton } from '../ui/skeleton.tsx';

const TICK_MS = 30_000;
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });

/** When the settings last changed, and by whom. Without an answer there is nothing to say: it is no setting. */
export function LastChanged() {
  const history = trpc.settings.history.useQuery({ limit: 1 });
  if (history.isPending) return <Skeleton className="h-4 w-72 max-w-full" />;
  const [newest] = history.data?.data ?? [];
  if (!newest) return null;
  return (
    <p className="text-[13px]/5 text-ink-muted">
      Last changed <Moment at={new Date(newest.created_at)} /> by {actorName(newest)}, revision{' '}
      {newest.revision}
    </p>
  );
}

function Moment({ at }: { at: Date }) {
  const now = useNow();
  return (
    <time
      dateTime={at.toISOString()}
      title={exact.format(at)}
      className="underline decoration-line-strong decoration-dotted underline-offset-4"
    >
      {relativeTime(at, now)}
    </time>
  );
}

function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(new Date());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
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
