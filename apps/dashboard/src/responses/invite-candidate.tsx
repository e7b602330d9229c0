import { type Invitation, InviteCandidate as InviteInput } from '@interview-webhooks/schema';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { formResolver, orEmpty } from '../lib/form-resolver.ts';
import { isolated } from '../lib/isolated.ts';
import { gmtOfLocalMinute, LocalMinute } from '../lib/local-minute.ts';
import { trpc } from '../lib/trpc.ts';
import { useFormFailure } from '../lib/use-form-failure.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';

const { candidate_name, candidate_email, custom_field_id } = InviteInput.shape;
const InviteForm = z.object({
  candidate_name,
  candidate_email,
  custom_field_id: orEmpty(custom_field_id),
  start_date: LocalMinute,
  expiry_date: LocalMinute,
});

const empty = {
  candidate_name: '',
  candidate_email: '',
  custom_field_id: '',
  start_date: '',
  expiry_date: '',
};

interface InviteCandidateProps {
  interviewId: string;
  onClose: () => void;
}

export function InviteCandidate({ interviewId, onClose }: InviteCandidateProps) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  if (invitation) {
    return (
      <Invited
        invitation={invitation}
        onClose={onClose}
        onAnother={() => {
          setInvitation(null);
        }}
      />
    );
  }
  return <InviteFields interviewId={interviewId} onClose={onClose} onInvited={setInvitation} />;
}

interface InviteFieldsProps extends InviteCandidateProps {
  onInvited: (invitation: Invitation) => void;
}

function InviteFields({ interviewId, onClose, onInvited }: InviteFieldsProps) {
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: formResolver(InviteForm),
    defaultValues: empty,
  });
  const { failure, handlers } = useFormFailure(form, [
    'candidate_name',
    'candidate_email',
    'custom_field_id',
    'start_date',
    'expiry_date',
  ]);
  const invite = trpc.responses.invite.useMutation({
    ...handlers,
    onSuccess: (invitation) => {
      void utils.responses.list.invalidate();
      onInvited(invitation);
    },
  });
  const submit = form.handleSubmit(({ start_date, expiry_date, ...candidate }) => {
    if (invite.isPending) return;
    invite.mutate({
      ai_interview_id: interviewId,
      ...candidate,
      start_date: gmtOfLocalMinute(start_date),
      expiry_date: gmtOfLocalMinute(expiry_date),
    });
  });
  const { errors } = form.formState;
  return (
    <FormDialog
      title="Invite a candidate"
      description="You get a link to hand on; no e-mail is sent from here."
      submit="Invite"
      busy={invite.isPending}
      failure={failure}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <Field label="Name" fault={errors.candidate_name?.message}>
        {(control) => <TextInput {...control} {...form.register('candidate_name')} />}
      </Field>
      <Field label="E-mail" fault={errors.candidate_email?.message}>
        {(control) => (
          // Not of the type "email": there the browser refuses "jörg@" and rewrites "@münchen" to its A-label.
          <TextInput inputMode="email" {...control} {...form.register('candidate_email')} />
        )}
      </Field>
      <Field
        label="Your own id"
        hint="May be left empty. Handed back in every webhook, and finds the report."
        fault={errors.custom_field_id?.message}
      >
        {(control) => <TextInput mono {...control} {...form.register('custom_field_id')} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="May start from"
          hint="May be left empty, in your time zone."
          fault={errors.start_date?.message}
        >
          {(control) => <TextInput type="datetime-local" {...control} {...form.register('start_date')} />}
        </Field>
        <Field label="May start until" hint="Later starts are refused." fault={errors.expiry_date?.message}>
          {(control) => <TextInput type="datetime-local" {...control} {...form.register('expiry_date')} />}
        </Field>
      </div>
    </FormDialog>
  );
}

interface InvitedProps {
  invitation: Invitation;
  onAnother: () => void;
  onClose: () => void;
}

function Invited({ invitation, onAnother, onClose }: InvitedProps) {
  return (
    <Dialog
      title={`${isolated(invitation.name)} is invited`}
      description="This is the candidate’s link. The response holds everything else."
      onClose={onClose}
    >
      <Field label="Link" action={<CopyButton text={invitation.invite_link} what="link" />}>
        {(control) => <TextInput mono readOnly value={invitation.invite_link} {...control} />}
      </Field>
      <div className="mt-6 flex gap-2 max-sm:flex-col-reverse sm:justify-end">
        <Button onClick={onAnother}>Invite another</Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
