import {
  type Fault,
  type WebhookSettingsUpdate,
  type WebhookSettingsView,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { InvalidInputError } from '../errors.ts';
import { changeSettings } from './change-settings.ts';
import { partsIn } from './effective-settings.ts';
import { mergeWebhookSettings } from './merge-webhook-settings.ts';
import { currentRevision } from './revisions.ts';
import { sealFor } from './seal-for.ts';
import { targetFaults } from './target-faults.ts';

/**
 * Merges `update` into the workspace's settings and appends the result as the next revision. With `updateAll`
 * the parts in the update also become those of every existing AI interview, at the cost of this one insert.
 *
 * @returns the masked view of the new settings
 * @throws InvalidInputError naming each field: a target that is not allowed, a webhook enabled without a URL,
 *   auth without a given or stored credential
 * @throws ConflictError when other processes wrote at the same moment again and again
 */
export async function updateWebhookSettings(
  context: Context,
  update: WebhookSettingsUpdate,
): Promise<WebhookSettingsView> {
  const refused = await targetFaults(context, update.webhooks);
  const settings = await changeSettings(context, (current) => {
    const merged = mergeWebhookSettings(current, update.webhooks, sealFor(context));
    const faults = [...refused, ...merged.faults];
    if (faults.length > 0) throw new InvalidInputError(faults);
    return {
      settings: merged.settings,
      applyToAll: update.updateAll ? partsIn(update.webhooks) : [],
      action: 'updated',
    };
  });
  return webhookSettingsView(settings);
}

/** Every fault {@link updateWebhookSettings} would refuse `update` for now. Changes nothing. */
export async function webhookSettingsFaults(
  context: Context,
  update: WebhookSettingsUpdate,
): Promise<Fault[]> {
  const [refused, current] = await Promise.all([
    targetFaults(context, update.webhooks),
    currentRevision(context),
  ]);
  return [...refused, ...mergeWebhookSettings(current.settings, update.webhooks, sealFor(context)).faults];
}
