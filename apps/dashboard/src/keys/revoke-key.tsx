import type { ApiKey } from '@interview-webhooks/schema';
import { useState } from 'react';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { useSession } from '../session/session-context.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { useNotify } from '../ui/toast.tsx';

interface RevokeKeyProps {
  /** The key to revoke; null while nothing is asked. */
  apiKey: ApiKey | null;
  onClose: () => void;
}

/** Asks before a key stops working, offers to end what it created as well, and tells how that went. */
export function RevokeKey({ apiKey, onClose }: RevokeKeyProps) {
  const utils = trpc.useUtils();
  const notify = useNotify();
  const revoke = trpc.apiKeys.revoke.useMutation({
    onSuccess: ({ name, also_revoked: also }) => {
      const others = also.length === 0 ? '' : `, and ${also.length} that came from it`;
      notify({ tone: 'ok', title: `“${isolated(name)}” is revoked${others}` });
      void utils.apiKeys.invalidate();
      void utils.sessions.invalidate();
    },
    onError: (error) => {
      if (isUnauthenticated(error)) return;
      notify({ tone: 'danger', title: 'The key was not revoked', detail: failureOf(error).detail });
    },
  });
  if (!apiKey) return null;
  return (
    <Question
      apiKey={apiKey}
      onCancel={onClose}
      onConfirm={(include_created) => {
        onClose();
        revoke.mutate({ api_key_id: apiKey.api_key_id, include_created });
      }}
    />
  );
}

interface QuestionProps {
  apiKey: ApiKey;
  onConfirm: (includeCreated: boolean) => void;
  onCancel: () => void;
}

function Question({ apiKey, onConfirm, onCancel }: QuestionProps) {
  const { session } = useSession();
  const [includeCreated, setIncludeCreated] = useState(false);
  const created = trpc.apiKeys.listCreated.useQuery({ api_key_id: apiKey.api_key_id });
  const names = created.data?.data.map(({ name }) => isolated(name)) ?? [];
  return (
    <AlertDialog
      open
      destructive
      title={`Revoke “${isolated(apiKey.name)}”?`}
      description={
        <>
          Programs that use it are refused from now on. This cannot be undone.
          {apiKey.prefix === session?.api_key.prefix &&
            ' You are signed in with this key: your own session ends, too.'}
        </>
      }
      confirm="Revoke"
      cancel="Keep"
      onCancel={onCancel}
      onConfirm={() => {
        onConfirm(includeCreated);
      }}
    >
      {names.length > 0 && (
        <label className="mt-4 flex gap-2.5 text-[13px]/5">
          <Checkbox
            checked={includeCreated}
            onChange={(event) => {
              setIncludeCreated(event.target.checked);
            }}
          />
          <span className="min-w-0 wrap-anywhere">
            Also revoke the {names.length === 1 ? 'key' : `${names.length} keys`} that came from it:{' '}
            {names.slice(0, SHOWN).join(', ')}
            {names.length > SHOWN && ` and ${names.length - SHOWN} more`}
          </span>
        </label>
      )}
    </AlertDialog>
  );
}

/** Names of created keys that the question lists. */
const SHOWN = 10;
