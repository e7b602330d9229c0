import { useBlocker } from '@tanstack/react-router';
import { createContext, type ReactNode, use, useEffect, useId, useMemo, useRef, useState } from 'react';
import { AlertDialog } from '../ui/alert-dialog.tsx';

/** Something other than going to another page that would throw unsaved changes away. */
interface Leaving {
  /** The button that goes through with it. */
  confirm: string;
  action: () => void;
}

interface UnsavedChanges {
  /** @param what one of several things on the page that may have changes of their own */
  setUnsaved: (what: string, unsaved: boolean) => void;
  leave: (leaving: Leaving) => void;
}

const UnsavedChangesContext = createContext<UnsavedChanges | null>(null);

/** Stands between unsaved changes and whatever would lose them: links, back and forward, closing the window. */
export function UnsavedChangesProvider({ children }: { children: ReactNode }) {
  const unsaved = useRef(new Set<string>());
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved.current.size > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved.current.size > 0,
    withResolver: true,
  });
  const value = useMemo<UnsavedChanges>(
    () => ({
      setUnsaved: (what, isUnsaved) => {
        unsaved.current[isUnsaved ? 'add' : 'delete'](what);
      },
      leave: (wanted) => {
        if (unsaved.current.size > 0) setLeaving(wanted);
        else wanted.action();
      },
    }),
    [],
  );
  return (
    <UnsavedChangesContext value={value}>
      {children}
      <AlertDialog
        open={leaving !== null || blocker.status === 'blocked'}
        title="Discard unsaved changes?"
        description="What you changed on this page has not been saved and will be lost."
        confirm={leaving?.confirm ?? 'Discard and leave'}
        cancel="Keep editing"
        onCancel={() => {
          setLeaving(null);
          blocker.reset?.();
        }}
        onConfirm={() => {
          setLeaving(null);
          leaving?.action();
          blocker.proceed?.();
        }}
      />
    </UnsavedChangesContext>
  );
}

function useUnsavedChangesContext(): UnsavedChanges {
  const context = use(UnsavedChangesContext);
  if (!context) throw new Error('used outside of UnsavedChangesProvider');
  return context;
}

/** Does `leaving.action`, after asking where there are unsaved changes. */
export function useLeave(): UnsavedChanges['leave'] {
  return useUnsavedChangesContext().leave;
}

/** Declares unsaved changes: leaving the page, or closing the window, asks first. */
export function useUnsavedChanges(unsaved: boolean): void {
  const { setUnsaved } = useUnsavedChangesContext();
  const what = useId();
  useEffect(() => {
    setUnsaved(what, unsaved);
    return () => {
      setUnsaved(what, false);
    };
  }, [what, unsaved, setUnsaved]);
}
