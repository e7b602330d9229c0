import type { AiInterview, ListAiInterviews, Page } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { afterId, containing, cutPage } from '../paging.ts';
import { interviewView } from './interview-view.ts';

/** The workspace's AI interviews, newest first. */
export async function listInterviews(
  { database, workspaceId }: Context,
  { cursor, limit, text }: ListAiInterviews,
): Promise<Page<AiInterview>> {
  const found = await database.aiInterviews
    .find({ workspaceId, ...afterId(cursor), ...(text && { name: containing(text) }) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  return cutPage(found, limit, { entry: interviewView, cursor: ({ _id }) => _id.toHexString() });
}
