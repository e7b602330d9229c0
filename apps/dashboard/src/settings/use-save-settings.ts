import type { WebhookSettingsView } from '@interview-webhooks/schema';
import type { UseFormReturn } from 'react-hook-form';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { useNotify } from '../ui/toast.tsx';
import { allInterviews } from './apply-to-all.tsx';
import { type SortedFaults, sortFaults } from './field-faults.ts';
import { focusLater, keepFocus } from './focus.ts';
import { formValues, isSecretField, type SettingsFormValues } from './form-values.ts';
import { REPLACE_ALL } from './merge-options.ts';
import { settingsUpdate } from './settings-update.ts';

interface SaveSettingsOptions {
  form: UseFormReturn<SettingsFormValues>;
  /** What the server has. */
  baseline: SettingsFormValues;
  /** How many AI interviews there are, if that is known. */
  count: number | undefined;
}

/** Sends what changed, and tells how that went: at the fields, above the form, and as short news. */
export function useSaveSettings({ form, baseline, count }: SaveSettingsOptions) {
  const utils = trpc.useUtils();
  const notify = useNotify();
  const update = trpc.settings.updateWebhookSettings.useMutation();

  const saved = (view: WebhookSettingsView, updateAll: boolean) => {
    // The form first: whatever still differs from the server's settings would count as an unsaved change.
    form.reset(formValues(view), REPLACE_ALL);
    utils.settings.webhookSettings.setData(undefined, view);
    void utils.settings.history.invalidate();
    notify({
      tone: 'ok',
      title: updateAll ? `Saved and applied to ${allInterviews(count)}` : 'Settings saved',
    });
  };

  const showFaults = ({ fields }: SortedFaults) => {
    for (const { field, message } of fields) {
      // The stored secret is not the server's any more: there must be a place to type a new one.
      if (isSecretField(field) && form.getValues(field) === null)
        form.setValue(field, '', { shouldDirty: true });
      form.setError(field, { type: 'server', message });
    }
  };

  const failed = (error: unknown) => {
    // The sign-in form comes up and says so.
    if (isUnauthenticated(error)) return;
    const failure = failureOf(error);
    const faults = sortFaults(failure.faults, form.getValues('auth.type'));
    showFaults(faults);
    const [first] = faults.fields;
    const marked = faults.fields.length === 1 ? 'Check the marked field.' : 'Check the marked fields.';
    notify({ tone: 'danger', title: 'Not saved', detail: first ? marked : failure.detail });
    focusLater(() => {
      if (first) form.setFocus(first.field);
      else document.getElementById('save-failure')?.focus();
    });
  };

  return {
    busy: update.isPending,
    /** The last try's failure, until the next one. */
    error: update.error,
    forget: update.reset,
    save: (values: SettingsFormValues) => {
      const changes = settingsUpdate(baseline, values);
      if (!changes || update.isPending) return;
      const restoreFocus = keepFocus();
      update.mutate(changes, {
        onSuccess: (view) => {
          saved(view, values.updateAll);
          restoreFocus();
        },
        onError: failed,
      });
    },
  };
}
