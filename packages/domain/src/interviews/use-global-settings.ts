import {
  type AiInterviewRef,
  type WebhookSettingsView,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { currentRevision } from '../settings/revisions.ts';
import { changeInterview } from './change-interview.ts';

/**
 * Drops the settings an AI interview has of its own; it follows the workspace's current ones, as if it had been
 * created now.
 *
 * @returns the masked view of the settings in effect afterwards
 * @throws NotFoundError
 */
export async function useGlobalSettings(
  context: Context,
  { ai_interview_id }: AiInterviewRef,
): Promise<WebhookSettingsView> {
  const toChange = { id: ai_interview_id, action: 'interview-settings.dropped' } as const;
  const settings = await changeInterview(context, toChange, async () => {
    const current = await currentRevision(context);
    return { change: { own: {}, revision: current.revision }, result: current.settings };
  });
  return webhookSettingsView(settings);
}
