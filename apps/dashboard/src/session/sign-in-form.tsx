import { type Session, SignIn } from '@interview-webhooks/schema';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { formResolver } from '../lib/form-resolver.ts';
import { type Failure, failureOf } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Field } from '../ui/field.tsx';
import { SecretInput } from '../ui/secret-input.tsx';
import { keyFault } from './key-fault.ts';
import { useSession } from './session-context.ts';

export function SignInForm() {
  const { ended, setEnded } = useSession();
  const utils = trpc.useUtils();
  const queryClient = useQueryClient();
  const form = useForm({ resolver: formResolver(SignIn), defaultValues: { api_key: '' } });
  const signIn = trpc.session.signIn.useMutation({
    onSuccess: (session: Session) => {
      // Another workspace's settings must not show, not even for a moment; the same one's are read afresh.
      if (ended?.workspace.id === session.workspace.id)
        void queryClient.invalidateQueries({ type: 'inactive' });
      else queryClient.removeQueries({ type: 'inactive' });
      // In this order: without either of them, for a moment, the page behind would be thrown away.
      utils.session.get.setData(undefined, session);
      setEnded(null);
    },
    onError: (error) => {
      const message = keyFault(failureOf(error));
      if (message !== null) form.setError('api_key', { message }, { shouldFocus: true });
    },
  });
  const failure: Failure | null = signIn.error && failureOf(signIn.error);

  return (
    <form
      noValidate
      aria-label="Sign in"
      onSubmit={(event) => {
        void form.handleSubmit((values) => {
          if (!signIn.isPending) signIn.mutate(values);
        })(event);
      }}
      className="grid gap-4"
    >
      {failure && keyFault(failure) === null && <FailureNotice failure={failure} />}
      <Field label="API key" fault={form.formState.errors.api_key?.message}>
        {(control) => (
          <SecretInput
            what="API key"
            autoComplete="current-password"
            required
            {...control}
            {...form.register('api_key')}
          />
        )}
      </Field>
      <Button type="submit" look="primary" busy={signIn.isPending} className="w-full">
        Sign in
      </Button>
    </form>
  );
}
