import type { ApiKey } from '@interview-webhooks/schema';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { useSession } from '../session/session-context.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { useNotify } from '../ui/toast.tsx';

interface RevokeKeyProps {
  /** The key to revoke; null while nothing is asked. */
  apiKey: ApiKey | null;
  onClose: () => void;
}

/** Asks before a key stops working, and tells how that went. */
export function RevokeKey({ apiKey, onClose }: RevokeKeyProps) {
  const { session } = useSession();
  const utils = trpc.useUtils();
  const notify = useNotify();
  const revoke = trpc.apiKeys.revoke.useMutation({
    onSuccess: ({ name }) => {
      notify({ tone: 'ok', title: `“${name}” is revoked` });
      void utils.apiKeys.list.invalidate();
    },
    onError: (error) => {
      if (isUnauthenticated(error)) return;
      notify({ tone: 'danger', title: 'The key was not revoked', detail: failureOf(error).detail });
    },
  });
  const isOwn = apiKey?.prefix === session?.api_key.prefix;
  return (
    <AlertDialog
      open={apiKey !== null}
      destructive
      title={`Revoke “${apiKey?.name ?? ''}”?`}
      description={
        <>
          Programs that use it are refused from now on. This cannot be undone.
          {isOwn && ' You are signed in with this key: your own session ends, too.'}
        </>
      }
      confirm="Revoke"
      cancel="Keep"
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        if (apiKey) revoke.mutate({ api_key_id: apiKey.api_key_id });
      }}
    />
  );
}
