import type { AiInterviewDocument } from '@interview-webhooks/database';
import type { Actor, EventType, WebhookSettings, WebhookTarget } from '@interview-webhooks/schema';
import { partOf } from '@interview-webhooks/webhooks';
import { noteAct } from '../audit/note-act.ts';
import type { Context, Services } from '../context.ts';
import { changeInterview } from '../interviews/change-interview.ts';
import { interviewSettings } from '../interviews/interview-settings.ts';
import { changeSettings } from '../settings/change-settings.ts';
import { withoutQuery } from './endpoint.ts';

const system: Actor = { type: 'system', id: null, name: 'System' };
const BATCH = 500;

export interface WebhookToDisable {
  interview: AiInterviewDocument;
  event: EventType;
  /** The URL that is to be sent to no more; a webhook that has another one by now is left alone. */
  url: string;
  /** For people, kept in the history. */
  reason: string;
}

/**
 * Switches off a webhook whose receiver does not want it any more: for the AI interview it was sent for, and in the
 * workspace's settings where they name the same URL.
 */
export async function disableWebhook(
  services: Services,
  { interview, event, url, reason }: WebhookToDisable,
): Promise<void> {
  const context = asSystem(services, interview.workspaceId.toHexString());
  const off = (settings: WebhookSettings) => switchedOff(settings, [partOf(event)], (other) => other === url);
  await disableGlobally(context, off, reason);
  const toChange = { id: interview._id.toHexString(), action: 'interview-settings.disabled' } as const;
  await changeInterview(context, toChange, async (stored) => {
    const { settings, currentRevision } = await interviewSettings(context, stored);
    return {
      change: asOwn(context, { stored, off: off(settings), currentRevision, reason }),
      result: undefined,
      reason,
    };
  });
}

export interface EndpointToDisable {
  workspaceId: string;
  /** The URL that is to be sent to no more, without its query. */
  url: string;
  /** For people, kept in the history. */
  reason: string;
}

/**
 * Switches off all webhooks of a workspace that go to one URL, whatever its query: in its settings and in every AI interview in which
 * they are in effect. What somebody else changes meanwhile is left to the next time.
 */
export async function disableEndpoint(
  services: Services,
  { workspaceId, url, reason }: EndpointToDisable,
): Promise<void> {
  const context = asSystem(services, workspaceId);
  const off = (settings: WebhookSettings) =>
    switchedOff(settings, ['start', 'submission'], (other) => withoutQuery(other) === url);
  await disableGlobally(context, off, reason);
  const { aiInterviews, announce } = services.database;
  let isNoted = false;
  const disableAll = async (batch: readonly AiInterviewDocument[]) => {
    const writes = await Promise.all(
      batch.map(async (stored) => {
        const { settings, currentRevision } = await interviewSettings(context, stored);
        const change = asOwn(context, { stored, off: off(settings), currentRevision, reason });
        const { _id, workspaceId, settingsVersion } = stored;
        const update = change && { $set: change, $inc: { settingsVersion: 1 } };
        return update ? [{ updateOne: { filter: { _id, workspaceId, settingsVersion }, update } }] : [];
      }),
    );
    if (writes.flat().length === 0) return;
    if (!isNoted) {
      // One entry, however many AI interviews there are.
      const target = { type: 'endpoint', id: url } as const;
      await noteAct(context, { action: 'interview-settings.disabled', target, reason });
      isNoted = true;
    }
    await aiInterviews.bulkWrite(writes.flat(), { ordered: false });
    await announce.aiInterviews([workspaceId]);
  };
  for (let found: AiInterviewDocument[] | undefined; found?.length !== 0;) {
    const last = found?.at(-1)?._id;
    found = await aiInterviews
      .find({ workspaceId, ...(last && { _id: { $gt: last } }) })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean();
    await disableAll(found);
  }
  services.events.settingsChanged({ workspaceId, by: 'system' });
}

function asSystem(services: Services, workspaceId: string): Context {
  return { ...services, workspaceId, apiKeyId: '', actor: system, scopes: [] };
}

type Off = Partial<Record<'start' | 'submission', WebhookTarget>>;

/** Those of `parts` that are on and go where nothing is to be sent any more, switched off. */
function switchedOff(
  settings: WebhookSettings,
  parts: readonly ('start' | 'submission')[],
  isGone: (url: string) => boolean,
): Off {
  const gone = parts.filter((part) => {
    const { status, url } = settings[part];
    return status && url !== null && isGone(url);
  });
  return Object.fromEntries(gone.map((part) => [part, { ...settings[part], status: false }]));
}

async function disableGlobally(
  context: Context,
  off: (settings: WebhookSettings) => Off,
  reason: string,
): Promise<void> {
  await changeSettings(context, (current) => ({
    settings: { ...current, ...off(current) },
    applyToAll: [],
    action: 'disabled',
    reason,
  }));
}

interface SwitchedOff {
  stored: AiInterviewDocument;
  off: Off;
  currentRevision: number;
  reason: string;
}

/** `off` as parts of an AI interview's own; undefined where there are none. */
function asOwn(
  { now }: Context,
  { stored, off, currentRevision, reason }: SwitchedOff,
): Pick<AiInterviewDocument, 'own'> | undefined {
  const parts = Object.entries(off);
  if (parts.length === 0) return undefined;
  const set = { revision: currentRevision, actor: system, setAt: now(), reason };
  return {
    own: { ...stored.own, ...Object.fromEntries(parts.map(([part, value]) => [part, { value, ...set }])) },
  };
}
