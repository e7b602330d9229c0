import { z } from 'zod';
import { atMostBytes } from './byte-length.ts';
import { PageRequest, pageOf } from './page.ts';
import { label, text } from './text.ts';
import { Revision } from './webhook-settings/webhook-settings-revision.ts';
import { WebhookSettingsView } from './webhook-settings/webhook-settings-view.ts';

const MAX_METADATA_BYTES = 4096;

/** The opening an AI interview is for, with the caller's own ids. */
export const Job = z.strictObject({
  id: text(200).nullish(),
  title: text(200).nullish(),
  external_id: text(200).nullish(),
});

/** The caller's own flat data, handed back in every answer and payload. */
export const Metadata = z
  .record(
    label(64),
    z.union([text(1000), z.number(), z.boolean(), z.null()], {
      error: 'must be a string, a number, true, false or null',
    }),
  )
  .refine(...atMostBytes(MAX_METADATA_BYTES));
export type Metadata = z.infer<typeof Metadata>;

export const CreateAiInterview = z.strictObject({
  ai_interview_name: label(200),
  job: Job.nullish(),
  metadata: Metadata.nullish(),
});
export type CreateAiInterview = z.infer<typeof CreateAiInterview>;

export const JobView = z.object({
  id: z.string().nullable(),
  title: z.string().nullable(),
  external_id: z.string().nullable(),
});

export const AiInterview = z.object({
  ai_interview_id: z.string(),
  ai_interview_name: z.string(),
  job: JobView.nullable(),
  metadata: Metadata.nullable(),
  created_at: z.iso.datetime(),
});
export type AiInterview = z.infer<typeof AiInterview>;

/** Where the effective value of one part comes from, and as of which revision of the workspace's settings. */
export const PartSource = z.object({ source: z.enum(['own', 'global']), revision: Revision });
export type PartSource = z.infer<typeof PartSource>;

/** One AI interview with the webhook settings that are in effect for it. */
export const AiInterviewDetails = AiInterview.extend({
  ...WebhookSettingsView.shape,
  webhook_sources: z.object({ start: PartSource, submission: PartSource, auth: PartSource }),
});
export type AiInterviewDetails = z.infer<typeof AiInterviewDetails>;

export const AiInterviewRef = z.strictObject({ ai_interview_id: z.string() });
export type AiInterviewRef = z.infer<typeof AiInterviewRef>;

export const ListAiInterviews = PageRequest.extend({
  text: text(200)
    .optional()
    .meta({ description: 'Only AI interviews in whose name a word begins with this, in any case.' }),
});
export type ListAiInterviews = z.infer<typeof ListAiInterviews>;

export const AiInterviewPage = pageOf(AiInterview);

export const AiInterviewCount = z.object({ count: z.int().min(0) });
