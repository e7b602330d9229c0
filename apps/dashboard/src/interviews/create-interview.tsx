import { CreateAiInterview, Job } from '@interview-webhooks/schema';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { formResolver, orEmpty } from '../lib/form-resolver.ts';
import { trpc } from '../lib/trpc.ts';
import { useFormFailure } from '../lib/use-form-failure.ts';
import { Field } from '../ui/field.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** Metadata is for programs; the form does without it. */
const InterviewForm = z.object({
  ai_interview_name: CreateAiInterview.shape.ai_interview_name,
  job: z.object({ title: orEmpty(Job.shape.title), external_id: orEmpty(Job.shape.external_id) }),
});

export function CreateInterview({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const utils = trpc.useUtils();
  const form = useForm({
    resolver: formResolver(InterviewForm),
    defaultValues: { ai_interview_name: '', job: { title: '', external_id: '' } },
  });
  const { failure, handlers } = useFormFailure(form, ['ai_interview_name', 'job.title', 'job.external_id']);
  const create = trpc.interviews.create.useMutation({
    ...handlers,
    onSuccess: ({ ai_interview_id: id }) => {
      void utils.interviews.invalidate();
      void navigate({ to: '/interviews/$id', params: { id }, replace: true });
    },
  });
  const submit = form.handleSubmit(({ ai_interview_name, job }) => {
    const hasJob = job.title !== null || job.external_id !== null;
    if (!create.isPending) create.mutate({ ai_interview_name, job: hasJob ? job : null });
  });
  const { errors } = form.formState;
  return (
    <FormDialog
      title="New AI interview"
      description="It gets the webhook settings that the workspace has now."
      submit="Create"
      busy={create.isPending}
      failure={failure}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <Field label="Name" fault={errors.ai_interview_name?.message}>
        {(control) => (
          <TextInput placeholder="Backend engineer" {...control} {...form.register('ai_interview_name')} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Job title" hint="May be left empty." fault={errors.job?.title?.message}>
          {(control) => <TextInput {...control} {...form.register('job.title')} />}
        </Field>
        <Field
          label="Job id in your system"
          hint="Handed back in every webhook."
          fault={errors.job?.external_id?.message}
        >
          {(control) => <TextInput mono {...control} {...form.register('job.external_id')} />}
        </Field>
      </div>
    </FormDialog>
  );
}
