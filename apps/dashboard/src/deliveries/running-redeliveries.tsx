import { useState } from 'react';
import { trpc } from '../lib/trpc.ts';
import { RedeliveryCard } from './redelivery-card.tsx';

/** As many as can run at once. */
export const SHOWN_REDELIVERIES = { limit: 10 };

/** Somebody else may have started one. */
const LOOK_MS = 20_000;

/** What is being sent again by a filter, and what came of it until one has read that. */
export function RunningRedeliveries() {
  const list = trpc.redeliveries.list.useQuery(SHOWN_REDELIVERIES, { refetchInterval: LOOK_MS });
  const [followed, setFollowed] = useState<readonly string[]>([]);
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const running = list.data?.data.filter(({ state }) => state === 'running') ?? [];
  const added = running.map(({ redelivery_id }) => redelivery_id).filter((id) => !followed.includes(id));
  // One that ends must not vanish with its result.
  if (added.length > 0) setFollowed([...added, ...followed]);
  const shown = followed.filter((id) => !dismissed.includes(id));
  return (
    <div className="grid gap-3 not-empty:mt-6">
      {shown.map((id) => (
        <RedeliveryCard
          key={id}
          id={id}
          onDismiss={() => {
            setDismissed((before) => [...before, id]);
          }}
        />
      ))}
    </div>
  );
}
