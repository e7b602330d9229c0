import { Activity } from 'react';
import { failureOf } from '../lib/failure.ts';
import { useSession } from '../session/session-context.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { chunk } from './chunk.tsx';

const SignedIn = chunk(() => import('./signed-in.tsx').then((module) => module.SignedIn));
const SignInPage = chunk(() => import('../session/sign-in-page.tsx').then((module) => module.SignInPage));
const SessionEnded = chunk(() => import('../session/sign-in-page.tsx').then((module) => module.SessionEnded));

// Asked for at once, not only when the server has said who is signed in.
SignedIn.preload();

/**
 * Chooses what to show: who is signed in decides first, then the address. Who is not signed in does so where
 * they are, and so arrives at the very page they asked for.
 */
export function App() {
  const { session, ended, query } = useSession();
  if (query.data === null && ended === null) return <SignInPage />;
  const shown = session ?? ended;
  if (!shown) {
    return query.error ? (
      <main className="mx-auto max-w-lg px-4 py-24">
        <FailureNotice failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
      </main>
    ) : null;
  }
  return (
    <>
      {/* A session that runs out hides the page and keeps it: what was typed is there again after signing in. */}
      <Activity mode={session ? 'visible' : 'hidden'}>
        <SignedIn key={shown.workspace.id} />
      </Activity>
      {!session && <SessionEnded />}
    </>
  );
}
