import type { Scope, Session } from '@interview-webhooks/schema';
import { createContext, use } from 'react';
import { trpc } from '../lib/trpc.ts';

interface EndedSession {
  /** The session that ran out under an open page, until someone signs in again or out. */
  ended: Session | null;
  setEnded: (session: Session | null) => void;
}

export const EndedSessionContext = createContext<EndedSession | null>(null);

/** Who is signed in. `query.data` is undefined until the server has said so. */
export function useSession() {
  const context = use(EndedSessionContext);
  if (!context) throw new Error('useSession is used outside of Providers');
  const query = trpc.session.get.useQuery(undefined, { staleTime: Infinity });
  return { session: query.data ?? null, query, ...context };
}

/** What the key behind the session may do; also while the session has ended and the page is kept. */
export function useScopes(): readonly Scope[] {
  const { session, ended } = useSession();
  return (session ?? ended)?.scopes ?? [];
}

/** Whether the key behind the session may do what `scope` names. */
export function useScope(scope: Scope): boolean {
  return useScopes().includes(scope);
}

/** Whether the server runs in local mode, where candidates may be played by hand. */
export function useLocalMode(): boolean {
  return useSession().session?.local ?? false;
}
