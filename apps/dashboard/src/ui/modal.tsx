import { type ComponentProps, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { cx } from './cx.ts';

interface ModalProps {
  title: string;
  /** Called by Escape and by a press outside; what is shown stays until it is no longer rendered. */
  onClose: () => void;
  role?: 'dialog' | 'alertdialog';
  description?: ReactNode;
  className?: string;
  /** Where the focus goes at first, by a CSS selector; otherwise to the first control. */
  focus?: string;
  children: (title: ComponentProps<'h2'>, description: ComponentProps<'div'>) => ReactNode;
}

/**
 * The platform's modal dialog, open as long as it is rendered: it keeps the focus in, makes the page behind it
 * inert and gives the focus back.
 */
export function Modal({
  title,
  onClose,
  role = 'dialog',
  description,
  className,
  focus,
  children,
}: ModalProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // Not an ordinary effect: those are undone after the element is gone, too late to give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    if (focus !== undefined) element?.querySelector<HTMLElement>(focus)?.focus();
    return () => element?.close();
  }, [focus]);
  return (
    <dialog
      ref={dialog}
      role={role}
      aria-labelledby={`${id}-title`}
      aria-describedby={description === undefined ? undefined : `${id}-description`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Left to the browser, a second Escape would close it whatever `onClose` says.
        event.preventDefault();
        onClose();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className={cx('bg-raised text-ink shadow-float outline-none backdrop:bg-overlay', className)}
    >
      {children(
        { id: `${id}-title`, tabIndex: -1, children: title },
        { id: `${id}-description`, children: description },
      )}
    </dialog>
  );
}
