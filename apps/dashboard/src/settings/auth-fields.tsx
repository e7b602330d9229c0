import { useFormContext, useWatch } from 'react-hook-form';
import { Field, FieldFault } from '../ui/field.tsx';
import { SegmentedControl } from '../ui/segmented-control.tsx';
import { TextInput } from '../ui/text-input.tsx';
import type { SettingsFormValues } from './form-values.ts';
import { SecretField } from './secret-field.tsx';

const types = [
  { value: 'none', label: 'None' },
  { value: 'basic', label: 'Basic' },
  { value: 'apikey', label: 'API key header' },
] as const satisfies { value: SettingsFormValues['auth']['type']; label: string }[];

interface AuthFieldsProps {
  /** The auth type the server has, whose secret may be kept. */
  storedType: SettingsFormValues['auth']['type'];
  locked: boolean;
}

export function AuthFields({ storedType, locked }: AuthFieldsProps) {
  const { register, control, formState } = useFormContext<SettingsFormValues>();
  const type = useWatch({ control, name: 'auth.type' });
  const faults = formState.errors.auth;
  return (
    <div className="p-4 sm:p-5">
      <SegmentedControl
        label="Authentication type"
        options={types}
        radio={() => ({ disabled: locked, 'aria-describedby': 'auth-type-fault', ...register('auth.type') })}
        className="w-full sm:w-auto"
      />
      <FieldFault id="auth-type-fault" label="The type" fault={faults?.type?.message} />
      {type === 'none' && (
        <p className="mt-4 text-[13px]/5 text-ink-muted">Webhooks are sent without credentials.</p>
      )}
      {type === 'basic' && (
        <div className="mt-5 grid gap-4 sm:grid-cols-2">
          <Field label="Username" fault={faults?.basic?.username?.message}>
            {(field) => <TextInput mono readOnly={locked} {...field} {...register('auth.basic.username')} />}
          </Field>
          <SecretField
            name="auth.basic.password"
            label="Password"
            what="password"
            stored={storedType === 'basic'}
            locked={locked}
          />
        </div>
      )}
      {type === 'apikey' && (
        <div className="mt-5 grid gap-4 sm:grid-cols-2">
          <Field label="Header name" fault={faults?.apikey?.header?.message}>
            {(field) => (
              <TextInput
                mono
                placeholder="X-Api-Key"
                readOnly={locked}
                {...field}
                {...register('auth.apikey.header')}
              />
            )}
          </Field>
          <SecretField
            name="auth.apikey.apikey"
            label="API key"
            what="API key"
            stored={storedType === 'apikey'}
            locked={locked}
          />
        </div>
      )}
    </div>
  );
}
