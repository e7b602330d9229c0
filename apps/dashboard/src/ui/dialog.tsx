import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { Modal } from './modal.tsx';

interface DialogProps {
  title: string;
  description?: ReactNode;
  onClose: () => void;
  /** Nothing but its own buttons closes it. */
  insistent?: boolean;
  children: ReactNode;
}

/** A form or a short text over the page; at the bottom of small screens, where the thumb is. */
export function Dialog({ title, description, onClose, insistent = false, children }: DialogProps) {
  return (
    <Modal
      title={title}
      description={description}
      onClose={insistent ? stay : onClose}
      className="mt-auto max-h-[calc(100dvh-1rem)] w-full max-w-full animate-rise overflow-y-auto overscroll-contain rounded-t-2xl sm:m-auto sm:max-w-lg sm:rounded-2xl"
    >
      {(heading, about) => (
        <div className="p-5 sm:p-6">
          <h2 {...heading} className="pr-8 text-base font-semibold" />
          {description !== undefined && <div {...about} className="mt-1 text-[13px]/5 text-ink-muted" />}
          <div className="mt-5">{children}</div>
          {!insistent && <CloseButton onClose={onClose} />}
        </div>
      )}
    </Modal>
  );
}

/** Last, so that the focus begins at what the dialog is for. */
export function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <IconButton label="Close" onClick={onClose} className="absolute top-3 right-4">
      <X aria-hidden className="size-4" />
    </IconButton>
  );
}

function stay(): void {
  // Escape and a press outside mean nothing here.
}
