import { type WebhookSettingsView, webhookSettingsView } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { currentRevision } from './revisions.ts';

/** The workspace's settings, masked. */
export async function getWebhookSettings(context: Context): Promise<WebhookSettingsView> {
  return webhookSettingsView((await currentRevision(context)).settings);
}
