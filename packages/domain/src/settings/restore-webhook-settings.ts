import {
  type RestoreRevision,
  type WebhookSettingsView,
  webhookParts,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { InvalidInputError } from '../errors.ts';
import { changeSettings } from './change-settings.ts';
import { currentRevision, settingsAt } from './revisions.ts';

/**
 * Brings an old revision's settings back, its credentials included, by appending them as a new revision.
 *
 * @returns the masked view of the restored settings
 * @throws InvalidInputError when the workspace never had that revision
 */
export async function restoreWebhookSettings(
  context: Context,
  { revision, updateAll }: RestoreRevision,
): Promise<WebhookSettingsView> {
  const newest = (await currentRevision(context)).revision;
  if (revision > newest) {
    throw new InvalidInputError([
      { path: 'revision', message: `is not in the history, which ends at revision ${newest}` },
    ]);
  }
  const settings = await settingsAt(context, revision);
  await changeSettings(context, () => ({
    settings,
    applyToAll: updateAll ? webhookParts : [],
    action: 'restored',
    restoredFrom: revision,
  }));
  return webhookSettingsView(settings);
}
