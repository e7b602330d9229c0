import { useNavigate } from '@tanstack/react-router';
import { failureOf } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { useNotify } from '../ui/toast.tsx';
import { useSession } from './session-context.ts';

export function useSignOut(): () => void {
  const { setEnded } = useSession();
  const utils = trpc.useUtils();
  const notify = useNotify();
  const navigate = useNavigate();
  const signOut = trpc.session.signOut.useMutation({
    onSuccess: () => {
      // Whoever signs in next begins at the start, not where somebody else was. What is unsaved was asked about.
      void navigate({ to: '/', replace: true, ignoreBlocker: true });
      setEnded(null);
      utils.session.get.setData(undefined, null);
    },
    onError: (error) => {
      notify({ tone: 'danger', title: 'You are still signed in', detail: failureOf(error).detail });
    },
  });
  return () => {
    signOut.mutate();
  };
}
