import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { AlertDialog } from '../ui/alert-dialog.tsx';

/** Something that would throw unsaved changes away. */
interface Leaving {
  /** The button that goes through with it. */
  confirm: string;
  action: () => void;
}

interface UnsavedChanges {
  setUnsaved: (unsaved: boolean) => void;
  leave: (leaving: Leaving) => void;
}

const UnsavedChangesContext = createContext<UnsavedChanges | null>(null);

/** Stands between unsaved changes and whatever would lose them. */
export function UnsavedChangesProvider({ children }: { children: ReactNode }) {
  const unsaved = useRef(false);
  const [asking, setAsking] = useState<Leaving | null>(null);
  const setUnsaved = useCallback((value: boolean) => {
    unsaved.current = value;
  }, []);
  const leave = useCallback((leaving: Leaving) => {
    if (unsaved.current) setAsking(leaving);
    else leaving.action();
  }, []);
  const value = useMemo(() => ({ setUnsaved, leave }), [setUnsaved, leave]);
  return (
    <UnsavedChangesContext value={value}>
      {children}
      <AlertDialog
        open={asking !== null}
        title="Discard unsaved changes?"
        description="What you changed on this page has not been saved and will be lost."
        confirm={asking?.confirm ?? 'Discard'}
        cancel="Keep editing"
        onCancel={() => {
          setAsking(null);
        }}
        onConfirm={() => {
          setAsking(null);
          asking?.action();
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

/** Declares that the page has unsaved changes: leaving it, or closing the window, asks first. */
export function useUnsavedChanges(unsaved: boolean): void {
  const { setUnsaved } = useUnsavedChangesContext();
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    setUnsaved(true);
    window.addEventListener('beforeunload', ask);
    return () => {
      setUnsaved(false);
      window.removeEventListener('beforeunload', ask);
    };
  }, [unsaved, setUnsaved]);
}
