import type { UseFormReturn } from 'react-hook-form';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { useNotify } from '../ui/toast.tsx';
import { sortFaults } from './field-faults.ts';
import { focusLater } from './focus.ts';
import { isSecretField, type SettingsFormValues } from './form-values.ts';

/** Shows why settings were not saved: at the fields, as short news, and with the focus where it can be mended. */
export function useShowRefusal(form: UseFormReturn<SettingsFormValues>): (error: unknown) => void {
  const notify = useNotify();
  return (error) => {
    // The sign-in form comes up and says so.
    if (isUnauthenticated(error)) return;
    const failure = failureOf(error);
    const { fields } = sortFaults(failure.faults, form.getValues('auth.type'));
    for (const { field, message } of fields) {
      // The stored secret is not the server's any more: there must be a place to type a new one.
      if (isSecretField(field) && form.getValues(field) === null)
        form.setValue(field, '', { shouldDirty: true });
      form.setError(field, { type: 'server', message });
    }
    const [first] = fields;
    const marked = fields.length === 1 ? 'Check the marked field.' : 'Check the marked fields.';
    notify({ tone: 'danger', title: 'Not saved', detail: first ? marked : failure.detail });
    focusLater(() => {
      if (first) form.setFocus(first.field);
      else document.getElementById('save-failure')?.focus();
    });
  };
}
