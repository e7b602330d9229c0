import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { AiInterview, ListAiInterviews, Page } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { foundIds } from '../search/found-ids.ts';
import { pageById, type ReadById } from '../search/newest-by-id.ts';
import { sought } from '../search/search-keys.ts';
import { interviewView } from './interview-view.ts';

/** So many that a text finds are looked up; more are so many that the list itself is full of them. */
const FEW = 1_000;

/** The workspace's AI interviews, newest first. Reads no more of them than it shows, or a bounded number. */
export async function listInterviews(
  context: Context,
  { cursor, limit, text }: ListAiInterviews,
): Promise<Page<AiInterview>> {
  const search = text ? sought(text) : undefined;
  if (text && !search) return { data: [], next_cursor: null };
  return pageById({
    read: readFrom(context),
    cursor,
    limit,
    entry: interviewView,
    inOrder: { index: { workspaceId: 1, _id: -1 }, conditions: [] },
    also: [],
    search: search && {
      few: await foundIds(context, 'aiInterviews', { ...search, atMost: FEW }),
      text: { name: search.text },
    },
  });
}

function readFrom({ database, workspaceId }: Context): ReadById<AiInterviewDocument> {
  return ({ conditions, index, count, skip = 0 }) =>
    database.aiInterviews
      .find({ $and: [{ workspaceId }, ...conditions] })
      .sort({ _id: -1 })
      .skip(skip)
      .limit(count)
      .hint(index)
      .lean();
}
