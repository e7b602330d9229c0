import {
  type AiInterviewDocument,
  isObjectId,
  type ResponseDocument,
  responseListIndex,
} from '@interview-webhooks/database';
import {
  type InterviewResponse,
  InviteStatus,
  type ListResponses,
  type Page,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { pageById } from '../search/newest-by-id.ts';
import { sought } from '../search/search-keys.ts';
import { responseView } from './response-view.ts';

const nothing: Page<InterviewResponse> = { data: [], next_cursor: null };

/** The workspace's responses, newest first. Reads no more of them than it shows, or a bounded number. */
export async function listResponses(
  context: Context,
  { cursor, limit, ai_interview_id, invite_status, text }: ListResponses,
): Promise<Page<InterviewResponse>> {
  const search = text ? sought(text) : undefined;
  if (text && !search) return nothing;
  if (ai_interview_id !== undefined && !isObjectId(ai_interview_id)) return nothing;
  const status = { status: { $in: invite_status ? [invite_status] : InviteStatus.options } };
  const page = await pageById(context, {
    collection: 'responses',
    cursor,
    limit,
    entry: (response) => response,
    ...(ai_interview_id === undefined
      ? { inOrder: { index: responseListIndex, conditions: [status] }, also: [] }
      : {
          inOrder: {
            index: { workspaceId: 1, interviewId: 1, _id: -1 },
            conditions: [{ interviewId: ai_interview_id }],
          },
          also: invite_status ? [status] : [],
        }),
    search: search && {
      keys: search.keys,
      text: { $or: [{ 'candidate.name': search.text }, { 'candidate.email': search.text }] },
    },
  });
  return { ...page, data: await withInterviews(context, page.data) };
}

async function withInterviews(
  { database, workspaceId }: Context,
  responses: readonly ResponseDocument[],
): Promise<InterviewResponse[]> {
  const ids = [...new Set(responses.map(({ interviewId }) => interviewId.toHexString()))];
  const interviews = await database.aiInterviews
    .find({ workspaceId, _id: { $in: ids } })
    .limit(ids.length)
    .lean();
  const byId = new Map(interviews.map((interview) => [interview._id.toHexString(), interview]));
  return responses.map((response) => responseView(response, interviewOf(response, byId)));
}

function interviewOf(
  response: ResponseDocument,
  byId: Map<string, AiInterviewDocument>,
): AiInterviewDocument {
  const interview = byId.get(response.interviewId.toHexString());
  if (!interview) throw new Error(`response ${response._id.toHexString()} belongs to no AI interview`);
  return interview;
}
