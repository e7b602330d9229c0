import { Activity, useEffect } from 'react';
import { failureOf } from '../lib/failure.ts';
import { SessionEnded } from '../session/session-ended.tsx';
import { useSession } from '../session/session-context.ts';
import { SignInPage } from '../session/sign-in-page.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { navigate, usePath } from './path.ts';
import { HOME_PATH, SIGN_IN_PATH } from './paths.ts';
import { SignedIn } from './signed-in.tsx';

/** Chooses what to show: who is signed in decides first, then the address. */
export function App() {
  const { session, ended, query } = useSession();
  const path = usePath();
  const signedOut = query.data === null && ended === null;

  useEffect(() => {
    if (signedOut) navigate(SIGN_IN_PATH, { replace: true });
    else if (session && (path === '/' || path === SIGN_IN_PATH)) navigate(HOME_PATH, { replace: true });
  }, [signedOut, session, path]);

  if (signedOut) return <SignInPage />;
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
        <SignedIn key={shown.workspace.id} session={shown} path={path} />
      </Activity>
      {!session && <SessionEnded />}
    </>
  );
}
