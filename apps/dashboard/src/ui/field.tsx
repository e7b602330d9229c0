import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { sentence } from '../lib/sentence.ts';

/** What ties a control to its label, its hint and its fault. */
interface FieldControl {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** A fragment such as `must not be empty`, shown as a sentence about the label. */
  fault?: string | undefined;
  /** Beside the label, at the far end. */
  action?: ReactNode;
  children: (control: FieldControl) => ReactNode;
}

export function Field({ label, hint, fault, action, children }: FieldProps) {
  const id = useId();
  const control: FieldControl = {
    id,
    'aria-describedby': `${id}-fault ${id}-hint`,
    'aria-invalid': fault !== undefined,
  };
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex min-h-5 items-center justify-between gap-3">
        <label htmlFor={id} className="text-[13px] font-medium">
          {label}
        </label>
        {action}
      </div>
      {children(control)}
      <FieldFault id={`${id}-fault`} label={label} fault={fault} />
      <p id={`${id}-hint`} className="mt-1.5 text-xs/5 text-ink-muted empty:hidden">
        {hint}
      </p>
    </div>
  );
}

interface FieldFaultProps {
  id: string;
  label: string;
  fault: string | undefined;
}

/** Always there, so that a fault that appears while typing is announced. */
export function FieldFault({ id, label, fault }: FieldFaultProps) {
  return (
    <div id={id} aria-live="polite">
      {fault !== undefined && (
        <p className="mt-1.5 flex gap-1.5 text-xs/5 font-medium wrap-anywhere text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {sentence(label, fault)}
        </p>
      )}
    </div>
  );
}
