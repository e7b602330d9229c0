import type { AiInterviewDocument, WebhookSettingsDocument } from '@interview-webhooks/database';
import { type DisabledWebhook, urlAsSent } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { currentRevision, type Revision, settingsAt } from '../settings/revisions.ts';

type Part = DisabledWebhook['webhook'];
const parts: readonly Part[] = ['start', 'submission'];
/** Older ones than so many that the system made are not looked at: the webhook was switched on since. */
const MAX_REVISIONS = 20;
const MAX_INTERVIEWS = 20;

/** The webhooks that the system switched off and nobody has switched on since. */
export async function readDisabledWebhooks(context: Context): Promise<DisabledWebhook[]> {
  const current = await currentRevision(context);
  const found = await Promise.all(
    parts.flatMap((part) => [
      disabledGlobally(context, current, part),
      disabledAlone(context, current, part),
    ]),
  );
  return found.flat();
}

async function disabledGlobally(
  context: Context,
  { revision, settings }: Revision,
  part: Part,
): Promise<DisabledWebhook[]> {
  const { database, workspaceId } = context;
  if (settings[part].status || revision === 0) return [];
  const bySystem = await database.webhookSettings
    .find({ workspaceId, action: 'disabled' })
    .sort({ revision: -1 })
    .limit(MAX_REVISIONS)
    .lean();
  for (const disabling of bySystem) {
    if (disabling.settings[part].status) return [];
    if (!(await settingsAt(context, disabling.revision - 1))[part].status) continue;
    // Who has switched it on since, and off again, has seen to it.
    const onSince = await database.webhookSettings.exists({
      workspaceId,
      revision: { $gt: disabling.revision },
      [`settings.${part}.status`]: true,
    });
    return onSince ? [] : [globally(disabling, part)];
  }
  return [];
}

function globally(
  { settings, reason, createdAt, revision }: WebhookSettingsDocument,
  part: Part,
): DisabledWebhook {
  return {
    webhook: part,
    ai_interview_id: null,
    ai_interview_name: null,
    url: shownUrl(settings[part].url),
    reason,
    disabled_at: createdAt.toISOString(),
    revision,
  };
}

/** For AI interviews that have the webhook of their own. */
async function disabledAlone(
  { database, workspaceId }: Context,
  { appliedToAll }: Revision,
  part: Part,
): Promise<DisabledWebhook[]> {
  const found = await database.aiInterviews
    .find({
      workspaceId,
      [`own.${part}.actor.type`]: 'system',
      [`own.${part}.value.status`]: false,
      // What was applied to all since is in effect instead.
      [`own.${part}.revision`]: { $gte: appliedToAll[part] },
    })
    .sort({ [`own.${part}.setAt`]: -1 })
    .limit(MAX_INTERVIEWS)
    .hint(`${part}_off_by_system`)
    .lean();
  return found.flatMap((interview) => alone(interview, part));
}

function alone({ _id, name, own }: AiInterviewDocument, part: Part): DisabledWebhook[] {
  const set = own[part];
  if (!set) return [];
  return [
    {
      webhook: part,
      ai_interview_id: _id.toHexString(),
      ai_interview_name: name,
      url: shownUrl(set.value.url),
      reason: set.reason ?? null,
      disabled_at: set.setAt.toISOString(),
      revision: set.revision,
    },
  ];
}

function shownUrl(url: string | null): string | null {
  return url === null ? null : urlAsSent(url);
}
