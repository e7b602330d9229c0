import type { AiInterviewDocument } from '@interview-webhooks/database';
import { type EventType, urlAsSent, type WebhookAuth } from '@interview-webhooks/schema';
import { partOf } from '@interview-webhooks/webhooks';
import type { Context } from '../context.ts';
import { interviewSettings } from '../interviews/interview-settings.ts';

/** Where an event goes by the settings in effect now. The auth's secrets are still sealed. */
export interface EffectiveTarget {
  enabled: boolean;
  url: string | null;
  auth: WebhookAuth;
  /** The workspace's newest settings revision. */
  revision: number;
}

/** Looked at before each attempt anew, so that a corrected URL or password repairs what is queued. */
export async function effectiveTarget(
  context: Pick<Context, 'database' | 'workspaceId'>,
  interview: AiInterviewDocument,
  event: EventType,
): Promise<EffectiveTarget> {
  const { settings, currentRevision } = await interviewSettings(context, interview);
  const { status, url } = settings[partOf(event)];
  const sent = url === null ? null : urlAsSent(url);
  return { enabled: status, url: sent, auth: settings.auth, revision: currentRevision };
}
