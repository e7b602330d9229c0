import type { WebhookSettingsView } from '@interview-webhooks/schema';
import type { UseFormReturn } from 'react-hook-form';
import { trpc } from '../lib/trpc.ts';
import { useNotify } from '../ui/toast.tsx';
import { allInterviews } from './apply-to-all.tsx';
import { keepFocus } from './focus.ts';
import { formValues, type SettingsFormValues } from './form-values.ts';
import { REPLACE_ALL } from './merge-options.ts';
import { settingsUpdate } from './settings-update.ts';
import { useShowRefusal } from './use-show-refusal.ts';

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
  const showRefusal = useShowRefusal(form);
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
        onError: showRefusal,
      });
    },
  };
}
