import type { Context } from '../context.ts';

/** How many AI interviews the workspace has: those that `updateAll` concerns. */
export async function countInterviews({ database, workspaceId }: Context): Promise<{ count: number }> {
  return { count: await database.aiInterviews.countDocuments({ workspaceId }) };
}
