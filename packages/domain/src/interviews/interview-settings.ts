import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { WebhookSettings } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { effectiveSources, type PartSources, resolveSettings } from '../settings/effective-settings.ts';
import { currentRevision, settingsAt } from '../settings/revisions.ts';

export interface InterviewSettings {
  settings: WebhookSettings;
  sources: PartSources;
  /** The workspace's newest revision when this was read. */
  currentRevision: number;
}

/** The settings that are in effect for `interview`, and where each part comes from. */
export async function interviewSettings(
  context: Pick<Context, 'database' | 'workspaceId' | 'askedAt'>,
  interview: AiInterviewDocument,
): Promise<InterviewSettings> {
  const current = await currentRevision(context);
  const { revision, appliedToAll } = current;
  const sources = effectiveSources({ interview, appliedToAll });
  const settings = await resolveSettings(sources, interview.own, (wanted) =>
    wanted === revision ? Promise.resolve(current.settings) : settingsAt(context, wanted),
  );
  return { settings, sources, currentRevision: revision };
}
