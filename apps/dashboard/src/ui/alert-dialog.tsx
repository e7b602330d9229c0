import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Modal } from './modal.tsx';

interface AlertDialogProps {
  open: boolean;
  title: string;
  /** What happens on confirming, in full sentences. */
  description: ReactNode;
  confirm: string;
  cancel: string;
  /** It cannot be undone. */
  destructive?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children?: ReactNode;
}

/** Asks before something that reaches far. It closes at once, so that the focus is free for what comes next. */
export function AlertDialog({ open, destructive = false, onCancel, ...props }: AlertDialogProps) {
  if (!open) return null;
  return (
    <Modal
      role="alertdialog"
      title={props.title}
      description={props.description}
      onClose={onCancel}
      focus="[data-cancel]"
      className="m-auto w-full max-w-[min(32rem,calc(100vw-2rem))] animate-rise rounded-2xl"
    >
      {(title, description) => (
        <>
          <div className="px-5 pt-5 pb-4 sm:px-6 sm:pt-6">
            <h2 {...title} className="text-base font-semibold text-balance" />
            <div {...description} className="mt-2 text-[13px]/5 text-ink-muted" />
            {props.children}
          </div>
          <div className="flex flex-col gap-2 rounded-b-2xl border-t border-line bg-sunken px-5 py-3.5 max-sm:flex-col-reverse sm:flex-row sm:justify-end sm:px-6">
            {/* It has the focus, whatever stands before it: Enter alone must not go through with it. */}
            <Button data-cancel="" onClick={onCancel}>
              {props.cancel}
            </Button>
            <Button look={destructive ? 'danger' : 'primary'} onClick={props.onConfirm}>
              {props.confirm}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
