import type { UseFormReturn } from 'react-hook-form';
import type { SortedFaults } from './field-faults.ts';
import { isSecretField, type SettingsFormValues } from './form-values.ts';

/** The type of a fault that the fields' own rules know nothing of: only a change of the field mends it. */
export const BEYOND_RULES = 'beyond-rules';

/** Shows at each field what the server objects to. */
export function showFaults(form: UseFormReturn<SettingsFormValues>, { fields }: SortedFaults): void {
  for (const { field, message } of fields) {
    // The stored secret is not the server's any more: there must be a place to type a new one.
    if (isSecretField(field) && form.getValues(field) === null)
      form.setValue(field, '', { shouldDirty: true });
    form.setError(field, { type: BEYOND_RULES, message });
  }
}
