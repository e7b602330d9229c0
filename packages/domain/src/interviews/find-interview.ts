import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';

/**
 * One AI interview of the context's workspace.
 *
 * @throws NotFoundError also for those of other workspaces: their existence is not given away
 */
export async function findInterview(
  { database, workspaceId }: Context,
  id: string,
): Promise<AiInterviewDocument> {
  const found = await database.read.aiInterview(workspaceId, id);
  if (!found) throw new NotFoundError('AI interview');
  return found;
}
