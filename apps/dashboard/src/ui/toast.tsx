import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react';
import { IconButton } from './icon-button.tsx';

interface Toast {
  tone: 'ok' | 'danger';
  title: string;
  detail?: string;
}

type Notify = (toast: Toast) => void;

const NotifyContext = createContext<Notify | null>(null);

const OK_MS = 5_000;
/** Bad news stay longer; they are on the page, too. */
const DANGER_MS = 12_000;

/** Short news about what was just done, shown and read out. One at a time: the newest is what counts. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<(Toast & { id: number }) | null>(null);
  const notify = useCallback<Notify>((next) => {
    setToast((shown) => ({ ...next, id: (shown?.id ?? 0) + 1 }));
  }, []);
  const close = useCallback(() => {
    setToast(null);
  }, []);
  const card = toast && <ToastCard key={toast.id} toast={toast} onClose={close} />;
  return (
    <NotifyContext value={notify}>
      {children}
      <div className="pointer-events-none fixed top-16 right-0 z-50 w-full px-3 sm:max-w-sm sm:px-4 lg:top-4">
        {/* Both are always there: a live region that comes with its text is often not read. */}
        <div role="status">{toast?.tone === 'ok' && card}</div>
        <div role="alert">{toast?.tone === 'danger' && card}</div>
      </div>
    </NotifyContext>
  );
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const { tone, title, detail } = toast;
  // Whoever points at it, or has the focus in it, is reading it.
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(onClose, tone === 'danger' ? DANGER_MS : OK_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [held, tone, onClose]);
  const hold = () => {
    setHeld(true);
  };
  const release = () => {
    setHeld(false);
  };
  const Icon = tone === 'ok' ? CircleCheck : CircleAlert;
  return (
    <div
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className="pointer-events-auto flex animate-rise items-start gap-3 rounded-xl bg-raised py-2.5 pr-2.5 pl-4 shadow-float"
    >
      <Icon aria-hidden className={`mt-1.5 size-4.5 shrink-0 ${tone === 'ok' ? 'text-ok' : 'text-danger'}`} />
      <div className="min-w-0 grow py-1.5 text-[13px]/5">
        <p className="font-semibold">{title}</p>
        {detail !== undefined && <p className="text-ink-muted">{detail}</p>}
      </div>
      <IconButton label="Dismiss" onClick={onClose}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

export function useNotify(): Notify {
  const notify = use(NotifyContext);
  if (!notify) throw new Error('useNotify is used outside of ToastProvider');
  return notify;
}
