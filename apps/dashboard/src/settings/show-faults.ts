import type { UseFormReturn } from 'react-hook-form';
import type { SortedFaults } from './field-faults.ts';
import { isSecretField, type SettingsFormValues } from './form-values.ts';

/** Shows at each field what the server objects to. */
export function showFaults(form: UseFormReturn<SettingsFormValues>, { fields }: SortedFaults): void {
  for (const { field, message } of fields) {
    // The stored secret is not the server's any more: there must be a place to type a new one.
    if (isSecretField(field) && form.getValues(field) === null)
      form.setValue(field, '', { shouldDirty: true });
    form.setError(field, { type: 'server', message });
  }
}
