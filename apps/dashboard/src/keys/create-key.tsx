import { CreateApiKey, type CreatedApiKey } from '@interview-webhooks/schema';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { formResolver } from '../lib/form-resolver.ts';
import { LocalMinute } from '../lib/local-minute.ts';
import { trpc } from '../lib/trpc.ts';
import { useFormFailure } from '../lib/use-form-failure.ts';
import { useScopes } from '../session/session-context.ts';
import { Field } from '../ui/field.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { expiryOf, lifetimes, UNTIL } from './expiry.ts';
import { ScopeFields } from './scope-fields.tsx';

const KeyForm = CreateApiKey.pick({ name: true, scopes: true })
  .extend({ lifetime: z.string(), expires_at: LocalMinute })
  .refine(({ lifetime, expires_at }) => lifetime !== UNTIL || expires_at !== '', {
    path: ['expires_at'],
    error: 'must be chosen',
  });
export type KeyFormValues = z.infer<typeof KeyForm>;

interface CreateKeyProps {
  onCreated: (key: CreatedApiKey) => void;
  onClose: () => void;
}

export function CreateKey({ onCreated, onClose }: CreateKeyProps) {
  const held = useScopes();
  const utils = trpc.useUtils();
  const form = useForm<KeyFormValues>({
    resolver: formResolver(KeyForm),
    defaultValues: { name: '', scopes: [], lifetime: '90', expires_at: '' },
  });
  const { failure, handlers } = useFormFailure(form, ['name', 'scopes', 'expires_at']);
  const create = trpc.apiKeys.create.useMutation({
    ...handlers,
    onSuccess: (key) => {
      void utils.apiKeys.list.invalidate();
      onCreated(key);
    },
  });
  const submit = form.handleSubmit(({ name, scopes, lifetime, expires_at }) => {
    if (create.isPending) return;
    create.mutate({ name, scopes, expires_at: expiryOf(lifetime, expires_at, new Date()) });
  });
  const lifetime = useWatch({ control: form.control, name: 'lifetime' });
  const { errors } = form.formState;
  return (
    <FormDialog
      title="Create an API key"
      description="Give it the least that it needs. It is shown once, right after this."
      submit="Create"
      busy={create.isPending}
      failure={failure}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <Field label="Name" fault={errors.name?.message} hint="Where it is used, such as “Careers site”.">
        {(control) => <TextInput {...control} {...form.register('name')} />}
      </Field>
      <FormProvider {...form}>
        <ScopeFields held={held} />
      </FormProvider>
      <Field
        label="Expires"
        hint="An expired key is refused; make the next one before. None outlives the key that creates it."
        fault={lifetime === UNTIL ? undefined : errors.expires_at?.message}
      >
        {(control) => <Select options={lifetimes} {...control} {...form.register('lifetime')} />}
      </Field>
      {lifetime === UNTIL && (
        <Field label="Expiry date" hint="In your time zone." fault={errors.expires_at?.message}>
          {(control) => <TextInput type="datetime-local" {...control} {...form.register('expires_at')} />}
        </Field>
      )}
    </FormDialog>
  );
}
