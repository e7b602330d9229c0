import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';

/**
 * One AI interview of the context's workspace.
 *
 * @param fresh for a writer who was not the first
 * @throws NotFoundError also for those of other workspaces: their existence is not given away
 */
export async function findInterview(
  { database, workspaceId, askedAt }: Context,
  id: string,
  fresh = false,
): Promise<AiInterviewDocument> {
  const found = await database.read.aiInterview(workspaceId, id, { since: askedAt, fresh });
  if (!found) throw new NotFoundError('AI interview');
  return found;
}
