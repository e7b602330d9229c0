import type { Attempt } from '@interview-webhooks/schema';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { type Failure, failureOf, isUnauthenticated } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { sortFaults } from '../field-faults.ts';
import { focusLater } from '../focus.ts';
import { formValues, type SettingsFormValues } from '../form-values.ts';
import { BEYOND_RULES, showFaults } from '../show-faults.ts';
import { testInput, withholdsCredential } from './test-input.ts';

export interface SentTest {
  busy: boolean;
  attempt: Attempt | undefined;
  /** The stored credential did not go along: the URL's origin is another one. */
  withheld: boolean;
  /** Why nothing was sent, where no field can show it. */
  failure: Failure | null;
  send: () => Promise<void>;
  forget: () => void;
}

/** Sends a test of one webhook as the form has it now. What is wrong with the form is shown at its fields instead. */
export function useSendTest(part: 'start' | 'submission'): SentTest {
  const form = useFormContext<SettingsFormValues>();
  const utils = trpc.useUtils();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [withheld, setWithheld] = useState(false);
  const test = trpc.settings.test.useMutation({
    onMutate: () => {
      setFailure(null);
    },
    onError: (error) => {
      // The sign-in form comes up and says so.
      if (isUnauthenticated(error)) return;
      const found = failureOf(error);
      const faults = sortFaults(
        found.faults.map(({ path, message }) => ({
          path: path === 'url' ? `webhooks.${part}.url` : `webhooks.${path}`,
          message,
        })),
        form.getValues('auth.type'),
      );
      showFaults(form, faults);
      const [first] = faults.fields;
      if (first) {
        focusLater(() => {
          form.setFocus(first.field);
        });
      }
      if (!first || faults.rest.length > 0) setFailure(found);
    },
  });
  const send = async () => {
    const url = `${part}.url` as const;
    if (!(await form.trigger([url, 'auth'], { shouldFocus: true }))) return;
    if (form.getValues(url).trim() === '') {
      form.setError(
        url,
        { type: BEYOND_RULES, message: 'is required to send a test' },
        { shouldFocus: true },
      );
      return;
    }
    const stored = utils.settings.webhookSettings.getData();
    if (!stored) return;
    const input = testInput(part, formValues(stored), form.getValues());
    setWithheld(withholdsCredential(formValues(stored), input));
    test.mutate(input);
  };
  return { busy: test.isPending, attempt: test.data, withheld, failure, send, forget: test.reset };
}
