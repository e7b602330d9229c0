import type { AiInterviewDetails } from '@interview-webhooks/schema';
import { useMemo } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { useLeave, useUnsavedChanges } from '../app/unsaved-changes.tsx';
import { formResolver } from '../lib/form-resolver.ts';
import { trpc } from '../lib/trpc.ts';
import { AuthFields } from '../settings/auth-fields.tsx';
import { checkWhileEditing } from '../settings/check-while-editing.ts';
import { formValues, type SettingsFormValues } from '../settings/form-values.ts';
import { SaveFailure } from '../settings/save-failure.tsx';
import { SettingsRules } from '../settings/settings-rules.ts';
import { settingsUpdate } from '../settings/settings-update.ts';
import { TargetFields } from '../settings/target-fields.tsx';
import { useShowRefusal } from '../settings/use-show-refusal.ts';
import { Button } from '../ui/button.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { Card } from '../ui/section.tsx';
import { useNotify } from '../ui/toast.tsx';

const TITLE = 'Webhooks of this AI interview';

interface EditOwnSettingsProps {
  interview: AiInterviewDetails;
  onClose: () => void;
}

/** Begins with the settings in effect; the parts that change become the AI interview's own. */
export function EditOwnSettings({ interview, onClose }: EditOwnSettingsProps) {
  const { form, baseline, authType, update, submit } = useOwnSettings({ interview, onClose });
  const leave = useLeave();
  const cancel = () => {
    leave({ confirm: 'Discard', action: onClose });
  };
  return (
    <Drawer title={TITLE} onClose={cancel}>
      <FormProvider {...form}>
        <form
          noValidate
          aria-label={TITLE}
          onSubmit={(event) => void submit(event)}
          {...checkWhileEditing(form)}
          className="grid gap-4"
        >
          {update.error && <SaveFailure error={update.error} authType={authType} />}
          <Card>
            <TargetFields
              part="start"
              title="Start"
              description="When a candidate starts this AI interview."
              locked={false}
            />
            <TargetFields
              part="submission"
              title="Submission"
              description="When a candidate submits this AI interview."
              locked={false}
            />
          </Card>
          <Card>
            <AuthFields storedType={baseline.auth.type} locked={false} />
          </Card>
          <div className="flex gap-2 max-sm:flex-col-reverse sm:justify-end">
            <Button onClick={cancel}>Cancel</Button>
            <Button type="submit" look="primary" busy={update.isPending}>
              Save
            </Button>
          </div>
        </form>
      </FormProvider>
    </Drawer>
  );
}

/** The form, and what becomes of it. */
function useOwnSettings({ interview, onClose }: EditOwnSettingsProps) {
  const { ai_interview_id } = interview;
  const baseline = useMemo(() => formValues(interview), [interview]);
  const form = useForm<SettingsFormValues>({
    resolver: formResolver(SettingsRules),
    defaultValues: baseline,
  });
  const values = useWatch({ control: form.control, compute: (current: SettingsFormValues) => current });
  useUnsavedChanges(settingsUpdate(baseline, values) !== null);
  const utils = trpc.useUtils();
  const notify = useNotify();
  const showRefusal = useShowRefusal(form);
  const update = trpc.interviews.updateWebhookSettings.useMutation({
    onSuccess: () => {
      notify({ tone: 'ok', title: 'Saved for this AI interview' });
      void utils.interviews.get.invalidate({ ai_interview_id });
      onClose();
    },
    onError: showRefusal,
  });
  const submit = form.handleSubmit((edited) => {
    const changes = settingsUpdate(baseline, edited);
    if (!changes) onClose();
    else if (!update.isPending) update.mutate({ ai_interview_id, webhooks: changes.webhooks });
  });
  return { form, baseline, authType: values.auth.type, update, submit };
}
