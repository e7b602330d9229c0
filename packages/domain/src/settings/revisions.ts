import { isDuplicateKey, type WebhookSettingsDocument } from '@interview-webhooks/database';
import { neverConfigured, type RevisionAction, type WebhookSettings } from '@interview-webhooks/schema';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context.ts';
import { renewedAuth } from '../secrets/renewed-auth.ts';

/** One entry of a workspace's append-only settings log. */
export type Revision = Pick<WebhookSettingsDocument, 'revision' | 'settings' | 'appliedToAll'>;

/** Enough to read a workspace's settings. */
type InWorkspace = Pick<Context, 'database' | 'workspaceId'>;

/** The revision before the first one: what a workspace that never configured anything has. */
const revisionZero: Revision = {
  revision: 0,
  settings: neverConfigured,
  appliedToAll: { start: 0, submission: 0, auth: 0 },
};

/** Revisions never change and workspace ids are unique everywhere, so an entry can never be out of date. */
const settingsCache = new LRUCache<string, WebhookSettings>({ max: 10_000 });

/** The newest revision. Always read: another process may have written since. */
export async function currentRevision({ database, workspaceId }: InWorkspace): Promise<Revision> {
  return (await database.read.newestSettings(workspaceId)) ?? revisionZero;
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
  const found = await database.webhookSettings.findOne({ workspaceId, revision }).lean();
  if (!found) throw new Error(`settings revision ${revision} of workspace ${workspaceId} is missing`);
  settingsCache.set(key, found.settings);
  return found.settings;
}

/** A revision to append, and what it records. */
export interface Change extends Revision {
  action: RevisionAction;
  reason?: string;
  restoredFrom?: number;
}

/**
 * Appends `change` as the workspace's newest revision.
 *
 * @returns false when another writer appended that revision first
 */
export async function appendRevision(
  { database, workspaceId, vault, actor, now }: Context,
  change: Change,
): Promise<boolean> {
  const { settings } = change;
  try {
    await database.webhookSettings.create({
      workspaceId,
      ...change,
      settings: { ...settings, auth: renewedAuth(vault, workspaceId, settings.auth) },
      reason: change.reason ?? null,
      restoredFrom: change.restoredFrom ?? null,
      actor,
      createdAt: now(),
    });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
