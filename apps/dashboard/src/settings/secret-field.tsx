import { useRef } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { SecretInput } from '../ui/secret-input.tsx';
import { focusLater } from './focus.ts';
import type { SecretFieldName, SettingsFormValues } from './form-values.ts';

interface SecretFieldProps {
  name: SecretFieldName;
  label: string;
  /** In a sentence: `password`, `API key`. */
  what: string;
  /** The server has one, which may be kept. */
  stored: boolean;
  locked: boolean;
}

/** A secret is written and never read: a stored one is replaced or kept. */
export function SecretField({ name, label, what, stored, locked }: SecretFieldProps) {
  const { control } = useFormContext<SettingsFormValues>();
  const {
    field: { ref, value, onBlur, onChange },
    fieldState: { error },
  } = useController({ control, name });
  const container = useRef<HTMLDivElement>(null);

  const change = (next: string | null) => {
    onChange(next);
    // The button that was pressed is gone by then; the focus goes to what came in its place.
    focusLater(() =>
      (container.current?.querySelector('input') ?? container.current?.querySelector('button'))?.focus(),
    );
  };

  if (value === null) {
    return (
      <div ref={container} role="group" aria-label={label} className="min-w-0">
        <p className="mb-1.5 text-[13px]/5 font-medium">{label}</p>
        <div className="flex h-10 items-center justify-between gap-3 rounded-lg border border-line-strong bg-sunken pr-1 pl-3 sm:h-9">
          <span className="flex min-w-0 items-center gap-2 text-[13px]">
            <span aria-hidden className="tracking-widest text-ink-muted">
              ••••••••
            </span>
            Stored
          </span>
          {!locked && (
            <Button
              look="ghost"
              ref={ref}
              aria-label={`Replace ${what}`}
              size="small"
              onClick={() => {
                change('');
              }}
            >
              Replace
            </Button>
          )}
        </div>
        <p className="mt-1.5 text-xs/5 text-ink-muted">Sealed; it cannot be shown again.</p>
      </div>
    );
  }
  return (
    <div ref={container} className="min-w-0">
      <Field
        label={label}
        fault={error?.message}
        action={
          stored &&
          !locked && (
            <button
              type="button"
              className="rounded text-xs font-medium text-accent-ink underline-offset-2 hover:underline"
              onClick={() => {
                change(null);
              }}
            >
              Keep the stored {what}
            </button>
          )
        }
      >
        {(fieldControl) => (
          <SecretInput
            what={what}
            // Never the person's own password for this site.
            autoComplete="new-password"
            readOnly={locked}
            {...fieldControl}
            ref={ref}
            name={name}
            value={value}
            onBlur={onBlur}
            onChange={onChange}
          />
        )}
      </Field>
    </div>
  );
}
