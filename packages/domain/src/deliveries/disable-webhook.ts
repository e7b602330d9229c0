import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { Actor, EventType, WebhookTarget } from '@interview-webhooks/schema';
import type { Principal, Services } from '../context.ts';
import { changeInterview } from '../interviews/change-interview.ts';
import { interviewSettings } from '../interviews/interview-settings.ts';
import { changeSettings } from '../settings/change-settings.ts';

const system: Actor = { type: 'system', id: null, name: 'System' };

export interface WebhookToDisable {
  interview: AiInterviewDocument;
  event: EventType;
  /** The URL that is to be sent to no more; a webhook that has another one by now is left alone. */
  url: string;
  /** For people, kept in the history. */
  reason: string;
}

/**
 * Switches off a webhook whose receiver will not take it any more: for the AI interview it was sent for, and in the
 * workspace's settings where they still name the same URL. Deliveries that wait for it are then cancelled as they
 * come up.
 */
export async function disableWebhook(
  services: Services,
  { interview, event, url, reason }: WebhookToDisable,
): Promise<void> {
  const workspaceId = interview.workspaceId.toHexString();
  const principal: Principal = { workspaceId, apiKeyId: '', actor: system, scopes: [] };
  const context = { ...services, ...principal };
  const part = event === 'ai_interview.start' ? 'start' : 'submission';
  const switchedOff = (target: WebhookTarget): WebhookTarget => ({
    ...target,
    status: target.url === url ? false : target.status,
  });

  await changeSettings(context, (current) => ({
    settings: { ...current, [part]: switchedOff(current[part]) },
    applyToAll: [],
    action: 'disabled',
    reason,
  }));
  await changeInterview(context, interview._id.toHexString(), async (stored) => {
    const { settings, currentRevision } = await interviewSettings(context, stored);
    const value = switchedOff(settings[part]);
    const set = { value, revision: currentRevision, actor: system, setAt: services.now() };
    return { change: { own: { ...stored.own, [part]: set } }, result: undefined };
  });
}
