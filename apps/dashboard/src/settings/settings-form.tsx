import { INTERVIEWS_COUNTED_UP_TO, type WebhookSettingsView } from '@interview-webhooks/schema';
import { useMemo, useState } from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import { useUnsavedChanges } from '../app/unsaved-changes.tsx';
import { formResolver } from '../lib/form-resolver.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { Card, Section } from '../ui/section.tsx';
import { ApplyToAll } from './apply-to-all.tsx';
import { AuthFields } from './auth-fields.tsx';
import { checkWhileEditing } from './check-while-editing.ts';
import { ConfirmApply } from './confirm-apply.tsx';
import { keepFocus } from './focus.ts';
import { formValues, type SettingsFormValues } from './form-values.ts';
import { KEEP_EDITS, REPLACE_ALL } from './merge-options.ts';
import { SaveBar } from './save-bar.tsx';
import { SaveFailure } from './save-failure.tsx';
import { SettingsRules } from './settings-rules.ts';
import { settingsUpdate } from './settings-update.ts';
import { TargetFields } from './target-fields.tsx';
import { SendTest } from './trial/send-test.tsx';
import { useSaveSettings } from './use-save-settings.ts';

interface SettingsFormProps {
  /** What the server has. */
  stored: WebhookSettingsView;
  /** Only to be looked at. */
  locked: boolean;
}

export function SettingsForm({ stored, locked }: SettingsFormProps) {
  const baseline = useMemo(() => formValues(stored), [stored]);
  const form = useForm<SettingsFormValues>({
    resolver: formResolver(SettingsRules),
    values: baseline,
    resetOptions: KEEP_EDITS,
  });
  const values = useWatch({ control: form.control, compute: (current: SettingsFormValues) => current });
  const dirty = !locked && settingsUpdate(baseline, values) !== null;
  useUnsavedChanges(dirty);

  const utils = trpc.useUtils();
  const interviews = trpc.interviews.count.useQuery(undefined, { enabled: useScope('interviews:read') });
  const told = interviews.data?.count;
  const count = told !== undefined && told > INTERVIEWS_COUNTED_UP_TO ? undefined : told;
  const { save, busy, error, forget } = useSaveSettings({ form, baseline, count });

  const [asking, setAsking] = useState(false);
  const submit = form.handleSubmit((submitted) => {
    if (!submitted.updateAll) {
      save(submitted);
      return;
    }
    // What is asked about must be what is true now.
    void utils.interviews.count.invalidate();
    void utils.settings.webhookSettings.invalidate();
    setAsking(true);
  });
  const discard = () => {
    const restoreFocus = keepFocus();
    form.reset(baseline, REPLACE_ALL);
    forget();
    restoreFocus();
  };

  return (
    <FormProvider {...form}>
      <form
        noValidate
        aria-label="Webhook settings"
        onSubmit={(event) => void submit(event)}
        {...checkWhileEditing(form)}
      >
        {error && <SaveFailure error={error} authType={values.auth.type} />}
        <fieldset disabled={busy} className="divide-y divide-line">
          <Section
            title="Webhooks"
            description="Each event is sent to its URL as a POST request with a JSON body."
          >
            <Card>
              <TargetFields
                part="start"
                title="Start"
                description="When a candidate starts an AI interview."
                locked={locked}
              >
                {!locked && <SendTest part="start" title="Start" />}
              </TargetFields>
              <TargetFields
                part="submission"
                title="Submission"
                description="When a candidate submits an AI interview."
                locked={locked}
              >
                {!locked && <SendTest part="submission" title="Submission" />}
              </TargetFields>
            </Card>
          </Section>
          <Section
            title="Authentication"
            description="What both webhooks send, so that your receiver lets them in."
          >
            <Card>
              <AuthFields storedType={baseline.auth.type} locked={locked} />
            </Card>
          </Section>
          <Section
            title="Existing AI interviews"
            description="An AI interview keeps the settings it was created with, unless they are replaced here."
          >
            <Card>
              <ApplyToAll count={count} locked={locked} />
            </Card>
          </Section>
        </fieldset>
        {dirty && <SaveBar busy={busy} onDiscard={discard} />}
      </form>
      <ConfirmApply
        values={asking ? values : null}
        count={count}
        onCancel={() => {
          setAsking(false);
        }}
        onConfirm={() => {
          setAsking(false);
          save(form.getValues());
        }}
      />
    </FormProvider>
  );
}
