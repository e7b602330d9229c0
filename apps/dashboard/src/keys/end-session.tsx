import type { OpenSession } from '@interview-webhooks/schema';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { useSignOut } from '../session/use-sign-out.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { useNotify } from '../ui/toast.tsx';
import { browserName } from './browser-name.ts';

interface EndSessionProps {
  /** The session to end; null while nothing is asked. */
  session: OpenSession | null;
  onClose: () => void;
}

/** Asks before a browser is signed out, and says how that went. */
export function EndSession({ session, onClose }: EndSessionProps) {
  const utils = trpc.useUtils();
  const notify = useNotify();
  const signOut = useSignOut();
  const end = trpc.sessions.end.useMutation({
    onSuccess: ({ user_agent: userAgent }) => {
      notify({ tone: 'ok', title: `The session of ${browserName(userAgent)} has ended` });
      void utils.sessions.invalidate();
    },
    onError: (error) => {
      if (isUnauthenticated(error)) return;
      notify({ tone: 'danger', title: 'The session was not ended', detail: failureOf(error).detail });
      // It may have ended before.
      void utils.sessions.invalidate();
    },
  });
  if (!session) return null;
  const { session_id, current, api_key: key } = session;
  return (
    <AlertDialog
      open
      destructive
      title={`End the session of ${browserName(session.user_agent)}?`}
      description={
        current
          ? 'It is the session of this browser: you are signed out.'
          : `That browser is signed out, and has to sign in again. Anyone who has the key “${isolated(key.name)}” still can: if others may know it, revoke the key.`
      }
      confirm="End session"
      cancel="Keep"
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        // Signing out also takes the cookie away.
        if (current) signOut();
        else end.mutate({ session_id });
      }}
    />
  );
}
