import type { ApiKey, Page, PageRequest } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { afterId, cutPage } from '../paging.ts';
import { apiKeyView } from './api-key-view.ts';

/** The workspace's API keys, newest first, revoked ones included. */
export async function listApiKeys(
  { database, workspaceId }: Context,
  { cursor, limit }: PageRequest,
): Promise<Page<ApiKey>> {
  const found = await database.apiKeys
    .find({ workspaceId, ...afterId(cursor) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  return cutPage(found, limit, { entry: apiKeyView, cursor: ({ _id }) => _id.toHexString() });
}
