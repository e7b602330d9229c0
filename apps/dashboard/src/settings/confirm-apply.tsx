import { AlertDialog } from '../ui/alert-dialog.tsx';
import { allInterviews } from './apply-to-all.tsx';
import type { SettingsFormValues, TargetValues } from './form-values.ts';

interface ConfirmApplyProps {
  /** What shall be applied; null while nothing is asked. */
  values: SettingsFormValues | null;
  count: number | undefined;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before the settings of every AI interview are replaced. */
export function ConfirmApply({ values, count, onConfirm, onCancel }: ConfirmApplyProps) {
  const whom = allInterviews(count);
  return (
    <AlertDialog
      open={values !== null}
      title={`Apply to ${whom}?`}
      description={`The webhook settings of ${whom} are replaced by these, also where an AI interview has settings of its own.`}
      confirm={`Save and apply to ${count === 1 ? 'it' : 'all'}`}
      cancel="Cancel"
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {values && (
        <dl className="mt-4 grid gap-x-4 sm:grid-cols-[auto_minmax(0,1fr)] sm:gap-y-2 max-sm:[&>dd:not(:last-child)]:mb-2 rounded-lg border border-line bg-sunken px-3.5 py-3 text-[13px]/5">
          <dt className="text-ink-muted">Start</dt>
          <dd className="wrap-anywhere">{targetSummary(values.start)}</dd>
          <dt className="text-ink-muted">Submission</dt>
          <dd className="wrap-anywhere">{targetSummary(values.submission)}</dd>
          <dt className="text-ink-muted">Authentication</dt>
          <dd className="wrap-anywhere">{authSummary(values.auth)}</dd>
        </dl>
      )}
    </AlertDialog>
  );
}

function targetSummary({ status, url }: TargetValues) {
  if (!status) return 'Off';
  return (
    <>
      On
      <span className="block font-mono text-xs/5">{url}</span>
    </>
  );
}

function authSummary({ type, basic, apikey }: SettingsFormValues['auth']): string {
  switch (type) {
    case 'none':
      return 'None';
    case 'basic':
      return `Basic, ${basic.username}`;
    case 'apikey':
      return `API key in ${apikey.header}`;
  }
}
