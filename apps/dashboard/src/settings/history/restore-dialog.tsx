import type { WebhookSettingsRevision, WebhookSettingsView } from '@interview-webhooks/schema';
import { useId, useState } from 'react';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ChangeList } from './change-list.tsx';
import { difference } from './difference.ts';

interface RestoreDialogProps {
  entry: WebhookSettingsRevision;
  /** The settings of now. */
  current: WebhookSettingsView;
  onConfirm: (updateAll: boolean) => void;
  onCancel: () => void;
}

/** Asks before old settings come back, and shows what that changes. */
export function RestoreDialog({ entry, current, onConfirm, onCancel }: RestoreDialogProps) {
  const [updateAll, setUpdateAll] = useState(false);
  const id = useId();
  const changes = difference(current, entry);
  return (
    <AlertDialog
      open
      title={`Restore revision ${entry.revision}?`}
      description="Its settings, with the password or API key of that time, become the newest revision. Nothing is taken out of the history."
      confirm={updateAll ? 'Restore and apply to all' : 'Restore'}
      cancel="Cancel"
      onCancel={onCancel}
      onConfirm={() => {
        onConfirm(updateAll);
      }}
    >
      <div className="mt-4 rounded-lg border border-line bg-sunken px-3.5 py-3">
        {changes.length > 0 ? (
          <ChangeList changes={changes} />
        ) : (
          <p className="text-[13px]/5 text-ink-muted">
            No difference can be seen; only a password or an API key may be another one.
          </p>
        )}
      </div>
      <div className="mt-4 flex gap-3">
        <span className="flex h-5 items-center">
          <Checkbox
            id={id}
            checked={updateAll}
            onChange={(event) => {
              setUpdateAll(event.target.checked);
            }}
          />
        </span>
        <label htmlFor={id} className="text-[13px]/5 font-medium">
          Apply to all existing AI interviews, too
        </label>
      </div>
    </AlertDialog>
  );
}
