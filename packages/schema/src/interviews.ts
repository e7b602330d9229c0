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

const unsafeNumber = `must be at most ${Number.MAX_SAFE_INTEGER.toLocaleString('en')} either way; send a larger number as text`;

/** Whole numbers are those that JSON carries for certain (RFC 7493, section 2.2): beyond, another may be stored. */
const SafeNumber = z
  .number()
  .refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), { error: unsafeNumber });

/** Kept as it is, spaces around it included: keys that differ by them are two. */
const MetadataKey = text(64)
  .min(1)
  .refine((value) => value === '' || value.trim() !== '', { error: 'must not be only spaces' })
  // The database's driver would take the object for one of its own types.
  .refine((value) => value !== '_bsontype', {
    error: 'must not be "_bsontype", which the database uses itself',
  });

/** The caller's own flat data, handed back in every answer and payload as it was given. */
export const Metadata = z
  .record(
    MetadataKey,
    z.union([text(1000), SafeNumber, z.boolean(), z.null()], {
      // A number that is not finite was too large for JSON's reader.
      error: ({ input }) =>
        typeof input === 'number' ? unsafeNumber : 'must be a string, a number, true, false or null',
    }),
  )
  .refine(...atMostBytes(MAX_METADATA_BYTES));
export type Metadata = z.infer<typeof Metadata>;

/** {@link Metadata} in answers: what an earlier version took is shown as well. */
export const MetadataView = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

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
  metadata: MetadataView.nullable(),
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

/** Counting ends here: beyond it, only that there are more is of interest. */
export const INTERVIEWS_COUNTED_UP_TO = 100_000;

export const AiInterviewCount = z.object({
  count: z
    .int()
    .min(0)
    .meta({
      description: `${INTERVIEWS_COUNTED_UP_TO + 1} stands for more than ${INTERVIEWS_COUNTED_UP_TO}.`,
    }),
});
