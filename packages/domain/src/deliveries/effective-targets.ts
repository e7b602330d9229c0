import type { AiInterviewDocument, Database } from '@interview-webhooks/database';
import type { EventType, WebhookAuth } from '@interview-webhooks/schema';
import { settingsUnder } from '../interviews/interview-settings.ts';
import { currentRevisions } from '../settings/revisions.ts';
import { partOf } from './webhook-event.ts';

/** Where an event goes by the settings in effect now. The auth's secrets are still sealed. */
export interface EffectiveTarget {
  enabled: boolean;
  url: string | null;
  auth: WebhookAuth;
  /** The workspace's newest settings revision. */
  revision: number;
}

/** An event of an AI interview, to be sent. */
export interface EventOf {
  interview: AiInterviewDocument;
  event: EventType;
}

/**
 * The targets of many events at once, in their order. Asked anew before each attempt, so that a corrected URL or
 * password repairs what is queued.
 */
export async function effectiveTargets(
  database: Database,
  events: readonly EventOf[],
): Promise<EffectiveTarget[]> {
  const workspaceIds = new Set(events.map(({ interview }) => interview.workspaceId.toHexString()));
  const currentOf = await currentRevisions(database, workspaceIds);
  return Promise.all(
    events.map(async ({ interview, event }) => {
      const current = currentOf(interview.workspaceId.toHexString());
      const { settings } = await settingsUnder(database, current, interview);
      const { status, url } = settings[partOf(event)];
      return { enabled: status, url, auth: settings.auth, revision: current.revision };
    }),
  );
}
