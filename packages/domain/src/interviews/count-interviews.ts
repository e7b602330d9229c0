import { COUNT_MAX_MS } from '@interview-webhooks/database';
import { INTERVIEWS_COUNTED_UP_TO } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';

/** How many AI interviews the workspace has: those that `updateAll` concerns. One more than is counted stands for more. */
export async function countInterviews({ database, workspaceId }: Context): Promise<{ count: number }> {
  const bounds = { limit: INTERVIEWS_COUNTED_UP_TO + 1, maxTimeMS: COUNT_MAX_MS };
  return { count: await database.aiInterviews.countDocuments({ workspaceId }, bounds) };
}
