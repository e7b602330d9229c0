import type { ResponseDocument } from '@interview-webhooks/database';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';

/**
 * One response of the context's workspace.
 *
 * @throws NotFoundError also for those of other workspaces
 */
export async function findResponse(
  { database, workspaceId, askedAt }: Context,
  id: string,
): Promise<ResponseDocument> {
  const found = await database.read.response(workspaceId, id, { since: askedAt });
  if (!found) throw new NotFoundError('response');
  return found;
}
