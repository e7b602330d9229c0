import type { ChangeEvent, FocusEvent } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { type FormField, isFormField, type SettingsFormValues } from './form-values.ts';
import { BEYOND_RULES } from './show-faults.ts';

/**
 * How long after a field is left its fault appears. At once, it would move what is below it away from under
 * the pointer that is just being pressed there, and the click would be lost.
 */
const AFTER_LEAVING_MS = 250;

/** The fields whose faults depend on a field. */
const concerned: Partial<Record<FormField, FormField>> = {
  'start.status': 'start.url',
  'submission.status': 'submission.url',
};

type Field = HTMLInputElement;

/** Handlers for the form that show a fault soon after its field is left, and take it away while it is mended. */
export function checkWhileEditing(form: UseFormReturn<SettingsFormValues>) {
  const isBeyondRules = (field: FormField) => form.getFieldState(field).error?.type === BEYOND_RULES;
  return {
    onBlur: ({ target: { name } }: FocusEvent<HTMLFormElement, Field>) => {
      if (!isFormField(name) || isBeyondRules(name)) return;
      setTimeout(() => {
        if (!isBeyondRules(name)) void form.trigger(name);
      }, AFTER_LEAVING_MS);
    },
    onChange: ({ target: { name } }: ChangeEvent<HTMLFormElement, Field>) => {
      if (!isFormField(name)) return;
      const other = concerned[name];
      if (other) void form.trigger(other);
      if (form.getFieldState(name).invalid) void form.trigger(name);
    },
  };
}
