import { lastHeardAt, livenessOf } from '../lib/liveness.ts';
import { trpc } from '../lib/trpc.ts';
import { useAdrift } from '../lib/use-adrift.ts';

/** How many of the newest requests are shown. */
const LIMIT = 50;
const POLL_MS = 2_000;

/** What came to an inbox, live; asked for every two seconds where no live connection comes about. */
export function useInbox(name: string, enabled: boolean) {
  const input = { name, limit: LIMIT };
  const utils = trpc.useUtils();
  const live = trpc.inbox.live.useSubscription(input, {
    enabled,
    onData: (inbox) => {
      // An answer that is on its way is older.
      void utils.inbox.list.cancel(input);
      utils.inbox.list.setData(input, inbox);
    },
  });
  const isLive = live.status === 'pending';
  const adriftSince = useAdrift(!enabled || isLive);
  const inbox = trpc.inbox.list.useQuery(input, {
    enabled,
    refetchInterval: adriftSince === null ? false : POLL_MS,
    // Asked again soon anyway, and until then it is known that it failed.
    ...(adriftSince !== null && { retry: false }),
  });
  const refresh = () => void utils.inbox.list.invalidate({ name });
  const answer = trpc.inbox.answer.useMutation({
    // Shown at once; what the server makes of it comes right after.
    onMutate: ({ answer: chosen }) => {
      utils.inbox.list.setData(input, (known) => known && { ...known, answer: { seconds: 10, ...chosen } });
    },
    onSettled: refresh,
  });
  const clear = trpc.inbox.clear.useMutation({ onSuccess: refresh });
  const known = { isLive, adriftSince, polls: inbox };
  return { inbox, liveness: livenessOf(known), since: lastHeardAt(known), answer, clear };
}
