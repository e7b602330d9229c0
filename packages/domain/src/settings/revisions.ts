import type { WebhookSettingsDocument } from '@interview-webhooks/database';
import { neverConfigured, type WebhookSettings } from '@interview-webhooks/schema';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.ts';
import { shareAnswers } from '../share-answers.ts';

/** One entry of a workspace's append-only settings log. */
export type Revision = Pick<WebhookSettingsDocument, 'revision' | 'settings' | 'appliedToAll'>;

/** Enough to read a workspace's settings. */
type InWorkspace = Pick<Context, 'database' | 'workspaceId' | 'askedAt'>;

/** The revision before the first one: what a workspace that never configured anything has. */
const revisionZero: Revision = {
  revision: 0,
  settings: neverConfigured,
  appliedToAll: { start: 0, submission: 0, auth: 0 },
};

/** Revisions never change and workspace ids are unique everywhere, so an entry can never be out of date. */
const settingsCache = new LRUCache<string, WebhookSettings>({ max: 10_000 });
/** Of hundreds of deliveries that are taken up together, the first reads. */
const beingRead = shareAnswers<WebhookSettings>();

/**
 * The newest revision, of whichever process.
 *
 * @param fresh for a writer who was not the first: it has to see what the other one has made, which may not be announced yet
 */
export async function currentRevision(
  { database, workspaceId, askedAt }: InWorkspace,
  fresh = false,
): Promise<Revision> {
  return (await database.read.newestSettings(workspaceId, { since: askedAt, fresh })) ?? revisionZero;
}

/**
 * The settings as of `revision`.
 *
 * @throws Error when the log has no such revision, which nothing but outside interference can cause
 */
export async function settingsAt(
  { database, workspaceId }: InWorkspace,
  revision: number,
): Promise<WebhookSettings> {
  if (revision === 0) return neverConfigured;
  const key = `${workspaceId}:${revision}`;
  const cached = settingsCache.get(key);
  if (cached) return cached;
  return beingRead(key, async () => {
    // What is kept for good must not be what a rollback takes back.
    const found = await database.committed((options) =>
      database.webhookSettings.findOne({ workspaceId, revision }).setOptions(options).lean(),
    );
    if (!found) throw new Error(`settings revision ${revision} of workspace ${workspaceId} is missing`);
    settingsCache.set(key, found.settings);
    return found.settings;
  });
}
