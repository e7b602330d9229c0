import { AlertDialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

interface AlertDialogProps {
  open: boolean;
  title: string;
  /** What happens on confirming, in full sentences. */
  description: ReactNode;
  confirm: string;
  cancel: string;
  onConfirm: () => void;
  onCancel: () => void;
  children?: ReactNode;
}

/** Asks before something that reaches far. It closes at once, so that the focus is free for what comes next. */
export function AlertDialog({
  open,
  title,
  description,
  confirm,
  cancel,
  onConfirm,
  onCancel,
  children,
}: AlertDialogProps) {
  return (
    <Radix.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onCancel();
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-overlay" />
        <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center overflow-y-auto p-4">
          <Radix.Content className="pointer-events-auto w-full max-w-lg animate-rise rounded-2xl bg-raised shadow-float outline-none">
            <div className="px-5 pt-5 pb-4 sm:px-6 sm:pt-6">
              <Radix.Title className="text-base font-semibold text-balance">{title}</Radix.Title>
              <Radix.Description className="mt-2 text-[13px]/5 text-ink-muted">
                {description}
              </Radix.Description>
              {children}
            </div>
            <div className="flex flex-col-reverse gap-2 rounded-b-2xl border-t border-line bg-sunken px-5 py-3.5 sm:flex-row sm:justify-end sm:px-6">
              <Radix.Cancel asChild>
                <Button>{cancel}</Button>
              </Radix.Cancel>
              <Button look="primary" onClick={onConfirm}>
                {confirm}
              </Button>
            </div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
