import {
  completedDate,
  type InterviewResponse,
  type Report,
  type ReportRef,
  reportedResult,
  type ResponseRef,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { findResponse } from './find-response.ts';
import { responseView } from './response-view.ts';

/**
 * One response.
 *
 * @throws NotFoundError
 */
export async function getResponse(
  context: Context,
  { response_id }: ResponseRef,
): Promise<InterviewResponse> {
  const response = await findResponse(context, response_id);
  return responseView(response, await findInterview(context, response.interviewId.toHexString()));
}

/**
 * The report on one response, by its id or the caller's own.
 *
 * @throws NotFoundError
 */
export async function getReport(context: Context, ref: ReportRef): Promise<Report> {
  const response =
    ref.response_id === undefined
      ? await byCustomFieldId(context, ref)
      : await findResponse(context, ref.response_id);
  const interview = await findInterview(context, response.interviewId.toHexString());
  const { submittedAt, result } = response;
  return {
    ai_interview_id: interview._id.toHexString(),
    ai_interview_name: interview.name,
    candidate_email: response.candidate.email,
    candidate_id: response.candidate.id.toHexString(),
    candidate_name: response.candidate.name,
    completed_date: submittedAt && completedDate(submittedAt),
    invite_status: response.status,
    response_id: response._id.toHexString(),
    custom_field_id: response.customFieldId ?? null,
    ...reportedResult(result ?? {}),
  };
}

async function byCustomFieldId({ database, workspaceId }: Context, { custom_field_id }: ReportRef) {
  const found = await database.responses
    .findOne({ workspaceId, customFieldId: custom_field_id ?? null })
    .lean();
  if (!found) throw new NotFoundError('response');
  return found;
}
