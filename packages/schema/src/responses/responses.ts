import { z } from 'zod';
import { JobView, MetadataView } from '../interviews.ts';
import { PageRequest, pageOf } from '../page.ts';
import { label, text } from '../text.ts';
import { EmailAddress } from './email-address.ts';
import { boundedResult, ResponseResult } from './result.ts';

/** How far a candidate has come. The family's words. */
export const InviteStatus = z.enum(['Invited', 'Started', 'Completed']);
export type InviteStatus = z.infer<typeof InviteStatus>;

/** "YYYY-MM-DD HH:MM" in GMT, the family's form. */
const GmtMinute = z
  .string()
  .refine((value) => gmtMinute(value) !== undefined, {
    error: 'must be a date and time in GMT such as "2026-01-31 09:30"',
  })
  .meta({
    pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01]) ([01]\\d|2[0-3]):[0-5]\\d$',
    examples: ['2026-01-31 09:30'],
  });

/** The moment a "YYYY-MM-DD HH:MM" in GMT stands for, or undefined for anything else (2026-02-30 included). */
export function gmtMinute(value: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(value);
  if (!match) return undefined;
  const iso = `${match[1]}T${match[2]}:00.000Z`;
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso ? date : undefined;
}

export const InviteCandidate = z.strictObject({
  candidate_name: label(200),
  candidate_email: EmailAddress,
  ai_interview_id: z.string(),
  invite_format: z.enum(['getlink', 'sendlink']).default('getlink'),
  start_date: GmtMinute.nullish().meta({ description: 'The candidate cannot start earlier; GMT.' }),
  expiry_date: GmtMinute.nullish().meta({ description: 'The candidate cannot start later; GMT.' }),
  custom_field_id: label(200)
    .nullish()
    .meta({ description: 'The caller’s own id, unique in the workspace.' }),
});
export type InviteCandidate = z.infer<typeof InviteCandidate>;

/** The family's answer to an invitation. */
export const Invitation = z.object({
  email: z.string(),
  ai_interview_id: z.string(),
  ai_interview_name: z.string(),
  response_id: z.string(),
  invite_link: z.string(),
  name: z.string(),
  status: InviteStatus,
  custom_field_id: z.string().nullable(),
});
export type Invitation = z.infer<typeof Invitation>;

export const ResponseRef = z.strictObject({ response_id: z.string() });
export type ResponseRef = z.infer<typeof ResponseRef>;

/** Says that the candidate submitted; may carry the result. */
export const SubmitResponse = ResponseResult.extend({ response_id: z.string() }).refine(...boundedResult);
export type SubmitResponse = z.infer<typeof SubmitResponse>;

/** One candidate's way through one AI interview. */
export const InterviewResponse = z.object({
  response_id: z.string(),
  ai_interview_id: z.string(),
  ai_interview_name: z.string(),
  candidate_id: z.string(),
  candidate_name: z.string(),
  candidate_email: z.string(),
  invite_status: InviteStatus,
  custom_field_id: z.string().nullable(),
  job: JobView.nullable(),
  metadata: MetadataView.nullable(),
  invited_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  submitted_at: z.iso.datetime().nullable(),
});
export type InterviewResponse = z.infer<typeof InterviewResponse>;

export const ListResponses = PageRequest.extend({
  ai_interview_id: z.string().optional().meta({ description: 'Only those of this AI interview.' }),
  invite_status: InviteStatus.optional().meta({ description: 'Only those who have come this far.' }),
  text: text(200)
    .optional()
    .meta({ description: 'Only candidates in whose name or e-mail address a word begins with this.' }),
});
export type ListResponses = z.infer<typeof ListResponses>;

export const ResponsePage = pageOf(InterviewResponse);
