import type { WebhookSettingsDocument } from '@interview-webhooks/database';
import {
  type Page,
  type PageRequest,
  type WebhookSettingsRevision,
  webhookParts,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { afterNumber, cutPage } from '../paging.ts';

/** The workspace's settings revisions, newest first, masked. */
export async function listSettingsHistory(
  { database, workspaceId }: Context,
  { cursor, limit }: PageRequest,
): Promise<Page<WebhookSettingsRevision>> {
  const before = afterNumber(cursor);
  const found = await database.webhookSettings
    .find({ workspaceId, ...(before !== undefined && { revision: { $lt: before } }) })
    .sort({ revision: -1 })
    .limit(limit + 1)
    .lean();
  return cutPage(found, limit, { entry: historyEntry, cursor: ({ revision }) => String(revision) });
}

function historyEntry(document: WebhookSettingsDocument): WebhookSettingsRevision {
  const { revision, settings, appliedToAll, action, reason, restoredFrom, actor, createdAt } = document;
  return {
    ...webhookSettingsView(settings),
    revision,
    action,
    reason,
    updated_all: webhookParts.filter((part) => appliedToAll[part] === revision),
    restored_from: restoredFrom,
    actor: { type: actor.type, id: actor.id, name: actor.name },
    created_at: createdAt.toISOString(),
  };
}
