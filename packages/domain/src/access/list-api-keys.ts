import { isObjectId, ObjectId } from '@interview-webhooks/database';
import type { ApiKey, ApiKeyRef, CreatedKeys, Page, PageRequest } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { afterId, cutPage } from '../paging.ts';
import { apiKeyView } from './api-key-view.ts';
import { isUsable } from './authenticate.ts';
import { keysToEnd, settledBasis } from './key-revocation.ts';

/** The workspace's API keys, newest first, revoked ones included. */
export async function listApiKeys(context: Context, { cursor, limit }: PageRequest): Promise<Page<ApiKey>> {
  const { database, workspaceId } = context;
  // A key whose end is decided is not shown as one that works.
  await settledBasis(context);
  const found = await database.apiKeys
    .find({ workspaceId, ...afterId(cursor) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  return cutPage(found, limit, { entry: apiKeyView, cursor: ({ _id }) => _id.toHexString() });
}

/**
 * The keys that work and would end with a key, if that is revoked with what it created.
 *
 * @throws NotFoundError
 */
export async function listCreatedKeys(context: Context, { api_key_id: id }: ApiKeyRef): Promise<CreatedKeys> {
  if (!isObjectId(id)) throw new NotFoundError('API key');
  const [key, ...created] = await keysToEnd(context, { apiKeyId: new ObjectId(id), includeCreated: true });
  if (!key) throw new NotFoundError('API key');
  return { data: created.filter((one) => isUsable(one, context.now())).map(apiKeyView) };
}
