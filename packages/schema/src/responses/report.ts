import { z } from 'zod';
import { InviteStatus } from './responses.ts';
import { ResponseResult } from './result.ts';

/** Each part of a result, null where there is none. */
const ReportedResult = z.object({
  score: z.number().nullable(),
  integrity_score: z.number().nullable(),
  recommendation: z.string().nullable(),
  candidate_summary: z.string().nullable(),
  skill_wise_scores: ResponseResult.shape.skill_wise_scores.unwrap().unwrap().nullable(),
  interview_recording: z.record(z.string(), z.string()).nullable(),
  report_link: z.string().nullable(),
  pdf_link: z.string().nullable(),
});
export type ReportedResult = z.infer<typeof ReportedResult>;

/** The family's report on one response. */
export const Report = ReportedResult.extend({
  ai_interview_id: z.string(),
  ai_interview_name: z.string(),
  candidate_email: z.string(),
  candidate_id: z.string(),
  candidate_name: z.string(),
  completed_date: z.string().nullable(),
  invite_status: InviteStatus,
  response_id: z.string(),
  custom_field_id: z.string().nullable(),
});
export type Report = z.infer<typeof Report>;

/** By either id; the response's where both are given. */
export const ReportRef = z
  .strictObject({
    response_id: z.string().optional().meta({ description: 'Of the response.' }),
    custom_field_id: z.string().optional().meta({ description: 'The id that the invitation gave it.' }),
  })
  .refine((ref) => ref.response_id !== undefined || ref.custom_field_id !== undefined, {
    error: 'must name a response_id or a custom_field_id',
  });
export type ReportRef = z.infer<typeof ReportRef>;

/** Every part of `result`, null where it has none. */
export function reportedResult(result: ResponseResult): ReportedResult {
  return {
    score: result.score ?? null,
    integrity_score: result.integrity_score ?? null,
    recommendation: result.recommendation ?? null,
    candidate_summary: result.candidate_summary ?? null,
    skill_wise_scores: result.skill_wise_scores ?? null,
    interview_recording: result.interview_recording ?? null,
    report_link: result.report_link ?? null,
    pdf_link: result.pdf_link ?? null,
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The family's `completed_date`, for example `Jul 05, 2025, 4:42:45 AM`; in GMT, as all its times. */
export function completedDate(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = at.getUTCHours();
  const time = `${hours % 12 || 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
  return `${months[at.getUTCMonth()]} ${two(at.getUTCDate())}, ${at.getUTCFullYear()}, ${time}`;
}
