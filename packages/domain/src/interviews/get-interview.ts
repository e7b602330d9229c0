import {
  type AiInterviewDetails,
  type AiInterviewRef,
  type WebhookSettingsView,
  webhookSettingsView,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { findInterview } from './find-interview.ts';
import { interviewSettings } from './interview-settings.ts';
import { interviewView } from './interview-view.ts';

/**
 * One AI interview with its effective webhook settings and where each part comes from.
 *
 * @throws NotFoundError
 */
export async function getInterview(
  context: Context,
  { ai_interview_id }: AiInterviewRef,
): Promise<AiInterviewDetails> {
  const interview = await findInterview(context, ai_interview_id);
  const { settings, sources } = await interviewSettings(context, interview);
  return { ...interviewView(interview), ...webhookSettingsView(settings), webhook_sources: sources };
}

/**
 * The webhook settings in effect for one AI interview, masked.
 *
 * @throws NotFoundError
 */
export async function getInterviewWebhookSettings(
  context: Context,
  { ai_interview_id }: AiInterviewRef,
): Promise<WebhookSettingsView> {
  const { settings } = await interviewSettings(context, await findInterview(context, ai_interview_id));
  return webhookSettingsView(settings);
}
