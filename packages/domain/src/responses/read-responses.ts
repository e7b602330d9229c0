import type { AiInterviewDocument, ResponseDocument } from '@interview-webhooks/database';
import { isObjectId } from '@interview-webhooks/database';
import {
  completedDate,
  type InterviewResponse,
  type ListResponses,
  type Page,
  type Report,
  type ReportRef,
  reportedResult,
  type ResponseRef,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { afterId, containing, cutPage } from '../paging.ts';
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

/** The workspace's responses, newest first. */
export async function listResponses(
  { database, workspaceId }: Context,
  { cursor, limit, ai_interview_id, invite_status, text }: ListResponses,
): Promise<Page<InterviewResponse>> {
  if (ai_interview_id !== undefined && !isObjectId(ai_interview_id)) return { data: [], next_cursor: null };
  const found = await database.responses
    .find({
      workspaceId,
      ...(ai_interview_id !== undefined && { interviewId: ai_interview_id }),
      ...(invite_status && { status: invite_status }),
      ...(text && { $or: [{ 'candidate.name': containing(text) }, { 'candidate.email': containing(text) }] }),
      ...afterId(cursor),
    })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  const ids = [...new Set(found.map(({ interviewId }) => interviewId.toHexString()))];
  const interviews = await database.aiInterviews.find({ workspaceId, _id: { $in: ids } }).lean();
  const byId = new Map(interviews.map((interview) => [interview._id.toHexString(), interview]));
  return cutPage(found, limit, {
    entry: (response) => responseView(response, interviewOf(response, byId)),
    cursor: ({ _id }) => _id.toHexString(),
  });
}

function interviewOf(
  response: ResponseDocument,
  byId: Map<string, AiInterviewDocument>,
): AiInterviewDocument {
  const interview = byId.get(response.interviewId.toHexString());
  if (!interview) throw new Error(`response ${response._id.toHexString()} belongs to no AI interview`);
  return interview;
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
