import type { ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { Field, FieldFault } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import { TextInput } from '../ui/text-input.tsx';
import type { SettingsFormValues } from './form-values.ts';

interface TargetFieldsProps {
  part: 'start' | 'submission';
  title: string;
  description: string;
  locked: boolean;
  /** What can be done with it. */
  children?: ReactNode;
}

/** One of the two webhooks: whether it is on, and where it goes. */
export function TargetFields({ part, title, description, locked, children }: TargetFieldsProps) {
  const { register, formState } = useFormContext<SettingsFormValues>();
  const faults = formState.errors[part];
  return (
    <div role="group" aria-labelledby={`${part}-title`} className="p-4 sm:p-5">
      <div className="flex items-start justify-between gap-4">
        <div>
          <h3 id={`${part}-title`} className="text-sm font-medium">
            {title}
          </h3>
          <p id={`${part}-description`} className="mt-0.5 text-[13px]/5 text-ink-muted">
            {description}
          </p>
        </div>
        <Switch
          aria-label={`${title} webhook`}
          aria-describedby={`${part}-description ${part}-status-fault`}
          disabled={locked}
          {...register(`${part}.status`)}
        />
      </div>
      <FieldFault id={`${part}-status-fault`} label="The switch" fault={faults?.status?.message} />
      <div className="mt-4">
        <Field label="URL" fault={faults?.url?.message}>
          {(control) => (
            <TextInput
              mono
              type="url"
              inputMode="url"
              placeholder="https://"
              readOnly={locked}
              {...control}
              {...register(`${part}.url`)}
            />
          )}
        </Field>
      </div>
      {children}
    </div>
  );
}
