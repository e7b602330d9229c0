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
import { foundIds } from '../search/found-ids.ts';
import { pageById, type ReadById } from '../search/newest-by-id.ts';
import { sought } from '../search/search-keys.ts';
import { responseView } from './response-view.ts';

/** So many that a text finds are looked up; more are so many that the list itself is full of them. */
const FEW = 1_000;

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
  const page = await pageById({
    read: readFrom(context),
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
      few: await foundIds(context, 'responses', { ...search, atMost: FEW }),
      text: { $or: [{ 'candidate.name': search.text }, { 'candidate.email': search.text }] },
    },
  });
  return { ...page, data: await withInterviews(context, page.data) };
}

function readFrom({ database, workspaceId }: Context): ReadById<ResponseDocument> {
  return ({ conditions, index, count, skip = 0 }) =>
    database.responses
      .find({ $and: [{ workspaceId }, ...conditions] })
      .sort({ _id: -1 })
      .skip(skip)
      .limit(count)
      .hint(index)
      .lean();
}

async function withInterviews(
  { database, workspaceId }: Context,
  responses: readonly ResponseDocument[],
): Promise<InterviewResponse[]> {
  const ids = [...new Set(responses.map(({ interviewId }) => interviewId.toHexString()))];
  const interviews = await database.aiInterviews.find({ workspaceId, _id: { $in: ids } }).lean();
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
