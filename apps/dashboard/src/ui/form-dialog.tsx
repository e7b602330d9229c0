import type { ReactNode } from 'react';
import type { Failure } from '../lib/failure.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FailureNotice } from './failure-notice.tsx';

interface FormDialogProps {
  title: string;
  description?: ReactNode;
  /** The button that sends it. */
  submit: string;
  busy: boolean;
  /** What no field can show. */
  failure: Failure | null;
  onSubmit: (event: React.SubmitEvent) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A short form in a dialog. */
export function FormDialog({ title, description, failure, onClose, ...props }: FormDialogProps) {
  return (
    <Dialog title={title} description={description} onClose={onClose}>
      <form noValidate aria-label={title} onSubmit={props.onSubmit} className="grid gap-4">
        {failure && <FailureNotice failure={failure} />}
        {props.children}
        <div className="mt-2 flex gap-2 max-sm:flex-col-reverse sm:justify-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={props.busy}>
            {props.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
