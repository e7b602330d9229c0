import type { OwnParts } from '@interview-webhooks/database';
import {
  type Fault,
  type InterviewWebhookSettingsUpdate,
  type WebhookSettings,
  type WebhookSettingsView,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { InvalidInputError } from '../errors.ts';
import { renewedAuth } from '../secrets/renewed-auth.ts';
import { partsIn } from '../settings/effective-settings.ts';
import { mergeWebhookSettings } from '../settings/merge-webhook-settings.ts';
import { sealFor } from '../settings/seal-for.ts';
import { targetFaults } from '../settings/target-faults.ts';
import { changeInterview } from './change-interview.ts';
import { findInterview } from './find-interview.ts';
import { type InterviewSettings, interviewSettings } from './interview-settings.ts';

/**
 * Merges `update` into the settings in effect for one AI interview and keeps each part it carries as the
 * interview's own, until that part is next applied to all.
 *
 * @returns the masked view of the settings in effect afterwards
 * @throws NotFoundError
 * @throws InvalidInputError as for the workspace's settings
 * @throws ConflictError when other processes wrote at the same moment again and again
 */
export async function updateInterviewWebhookSettings(
  context: Context,
  update: InterviewWebhookSettingsUpdate,
): Promise<WebhookSettingsView> {
  const refused = await targetFaults(context, update.webhooks);
  const toChange = { id: update.ai_interview_id, action: 'interview-settings.updated' } as const;
  const settings = await changeInterview(context, toChange, async (interview) => {
    const effective = await interviewSettings(context, interview);
    const merged = mergeWebhookSettings(effective.settings, update.webhooks, sealFor(context));
    const faults = [...refused, ...merged.faults];
    if (faults.length > 0) throw new InvalidInputError(faults);
    const own = ownParts(context, { update, merged: merged.settings, effective });
    return { change: { own: { ...interview.own, ...own } }, result: merged.settings };
  });
  return webhookSettingsView(settings);
}

/** Every fault {@link updateInterviewWebhookSettings} would refuse `update` for now. Changes nothing. */
export async function interviewWebhookSettingsFaults(
  context: Context,
  update: InterviewWebhookSettingsUpdate,
): Promise<Fault[]> {
  const { settings } = await interviewSettings(context, await findInterview(context, update.ai_interview_id));
  return [
    ...(await targetFaults(context, update.webhooks)),
    ...mergeWebhookSettings(settings, update.webhooks, sealFor(context)).faults,
  ];
}

function ownParts(
  { actor, now, vault, workspaceId }: Context,
  {
    update,
    merged,
    effective,
  }: { update: InterviewWebhookSettingsUpdate; merged: WebhookSettings; effective: InterviewSettings },
): OwnParts {
  // Set as of the newest revision: a part applied to all from here on is newer and replaces it.
  const set = { revision: effective.currentRevision, actor, setAt: now() };
  const values = { ...merged, auth: renewedAuth(vault, workspaceId, merged.auth) };
  return Object.fromEntries(partsIn(update.webhooks).map((part) => [part, { value: values[part], ...set }]));
}
