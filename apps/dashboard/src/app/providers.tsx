import type { Session } from '@interview-webhooks/schema';
import { QueryClientProvider } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { type ReactNode, useState } from 'react';
import { createQueryClient } from '../lib/query-client.ts';
import { createTrpcClient, trpc, TRPC_URL } from '../lib/trpc.ts';
import { createHub } from '../live/hub.ts';
import { streamsFrom } from '../live/live-link.ts';
import { SessionOfAllTabs } from '../live/session-of-all-tabs.tsx';
import { EndedSessionContext } from '../session/session-context.ts';
import { ToastProvider } from '../ui/toast.tsx';

const sessionKey = getQueryKey(trpc.session.get, undefined, 'query');

export function Providers({ children }: { children: ReactNode }) {
  const [ended, setEnded] = useState<Session | null>(null);
  const [hub] = useState(() => createHub(streamsFrom(TRPC_URL)));
  const [client] = useState(() => createTrpcClient(hub));
  const [queryClient] = useState(() => {
    const queries = createQueryClient(() => {
      // Nobody was signed in: a key was refused at the sign-in page, which says so itself.
      const session = queries.getQueryData<Session | null>(sessionKey);
      if (!session) return;
      setEnded(session);
      queries.setQueryData(sessionKey, null);
    });
    return queries;
  });
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <EndedSessionContext value={{ ended, setEnded }}>
          <SessionOfAllTabs hub={hub} />
          <ToastProvider>{children}</ToastProvider>
        </EndedSessionContext>
      </QueryClientProvider>
    </trpc.Provider>
  );
}
