import type { UseFormReturn } from 'react-hook-form';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { useNotify } from '../ui/toast.tsx';
import { sortFaults } from './field-faults.ts';
import { focusLater } from './focus.ts';
import type { SettingsFormValues } from './form-values.ts';
import { showFaults } from './show-faults.ts';

/** Shows why settings were not saved: at the fields, as short news, and with the focus where it can be mended. */
export function useShowRefusal(form: UseFormReturn<SettingsFormValues>): (error: unknown) => void {
  const notify = useNotify();
  return (error) => {
    // The sign-in form comes up and says so.
    if (isUnauthenticated(error)) return;
    const failure = failureOf(error);
    const faults = sortFaults(failure.faults, form.getValues('auth.type'));
    showFaults(form, faults);
    const { fields } = faults;
    const [first] = fields;
    const marked = fields.length === 1 ? 'Check the marked field.' : 'Check the marked fields.';
    notify({ tone: 'danger', title: 'Not saved', detail: first ? marked : failure.detail });
    focusLater(() => {
      if (first) form.setFocus(first.field);
      else document.getElementById('save-failure')?.focus();
    });
  };
}
