import type { ReactNode } from 'react';
import { CloseButton } from './dialog.tsx';
import { Modal } from './modal.tsx';

interface DrawerProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** One entry of a list in full, beside the list; over it on small screens. */
export function Drawer({ title, onClose, children }: DrawerProps) {
  return (
    <Modal
      title={title}
      onClose={onClose}
      focus="h2"
      className="my-0 mr-0 ml-auto h-dvh max-h-none w-full max-w-full animate-slide overflow-y-auto overscroll-contain sm:max-w-xl sm:border-l sm:border-line"
    >
      {(heading) => (
        <>
          <div className="sticky top-0 z-10 flex min-h-14 items-center border-b border-line bg-raised py-3 pr-14 pl-5 sm:pl-6">
            <h2 {...heading} className="min-w-0 text-base font-semibold wrap-anywhere" />
            <CloseButton onClose={onClose} />
          </div>
          <div className="p-5 sm:p-6">{children}</div>
        </>
      )}
    </Modal>
  );
}
