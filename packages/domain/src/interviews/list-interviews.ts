import type { AiInterview, ListAiInterviews, Page } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { pageById } from '../search/newest-by-id.ts';
import { sought } from '../search/search-keys.ts';
import { interviewView } from './interview-view.ts';

/** The workspace's AI interviews, newest first. Reads no more of them than it shows, or a bounded number. */
export async function listInterviews(
  context: Context,
  { cursor, limit, text }: ListAiInterviews,
): Promise<Page<AiInterview>> {
  const search = text ? sought(text) : undefined;
  if (text && !search) return { data: [], next_cursor: null };
  return pageById(context, {
    collection: 'aiInterviews',
    cursor,
    limit,
    entry: interviewView,
    inOrder: { index: { workspaceId: 1, _id: -1 }, conditions: [] },
    also: [],
    search: search && { keys: search.keys, text: { name: search.text } },
  });
}
