import type { SentRequestDocument } from '@interview-webhooks/database';
import type { Listen, ListenEvent } from '@interview-webhooks/schema';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { noteInHistory } from '../settings/note-in-history.ts';
import { sentRequestView } from './sent-requests.ts';

/** Whatever process sends, the database knows. */
const EVERY_MS = 500;
const RENEW_MS = 30_000;
/** So long after the last listener has gone requests are kept, for one whose connection broke off. */
const LISTENED_MS = 5 * 60_000;
/** Connections break off; one entry in the history stands for all that somebody hears in this time. */
const NOTED_EVERY_MS = 60 * 60_000;
/** A record may be written this much later than the time it bears, by a process whose time is a little behind. */
const LATE_MS = 5_000;
const BATCH = 100;

/** An event, and where to go on after it. */
export interface ListenedEvent {
  position: string;
  event: ListenEvent;
}

/**
 * The request of every attempt that is made for the workspace from now on, tests included, as it goes out: body,
 * signature and credential. Begins with `listening`, when nothing can be missed any more. Given the position of an
 * event, it goes on there, for five minutes at most; what lies within a few seconds of it may come once more.
 *
 * It gives credentials away that are shown nowhere else. So it is for those who may change the settings: they could
 * have the same sent to a receiver of their own. As that would be, it is noted in the history.
 *
 * @throws AbortError when `signal` says so
 */
export async function* listenToRequests(
  context: Context,
  { lastEventId }: Listen,
  signal: AbortSignal,
): AsyncGenerator<ListenedEvent, never> {
  await noteListening(context);
  const since = context.now().getTime();
  let renewedAt = await renew(context);
  let from = lastEventId == null ? since : Number(lastEventId) - LATE_MS;
  yield { position: lastEventId ?? String(since), event: { type: 'listening' } };
  const given = new Map<string, number>();
  for (;;) {
    signal.throwIfAborted();
    if (context.now().getTime() - renewedAt > RENEW_MS) renewedAt = await renew(context);
    const found = await nextAfter(context, from, [...given.keys()]);
    for (const record of found) {
      const sentAt = record.sentAt.getTime();
      given.set(record._id.toHexString(), sentAt);
      yield {
        position: String(sentAt),
        event: { type: 'request', request: sentRequestView(context, record) },
      };
      from = Math.max(from, sentAt - LATE_MS);
    }
    for (const [id, sentAt] of given) if (sentAt < from) given.delete(id);
    if (found.length < BATCH) await pause(EVERY_MS, undefined, { signal });
  }
}

async function noteListening(context: Context): Promise<void> {
  const { database, workspaceId, actor, now } = context;
  const last = await database.webhookSettings
    .findOne({ workspaceId, action: 'listened', 'actor.id': actor.id })
    .sort({ revision: -1 })
    .lean();
  if (last && now().getTime() - last.createdAt.getTime() < NOTED_EVERY_MS) return;
  await noteInHistory(context, 'listened');
}

/** Says that somebody listens. */
async function renew({ database, workspaceId, now }: Context): Promise<number> {
  const at = now().getTime();
  const listenedUntil = new Date(at + LISTENED_MS);
  await database.workspaces.updateOne({ _id: workspaceId }, { $max: { listenedUntil } });
  return at;
}

function nextAfter(
  { database, workspaceId, now }: Context,
  fromMs: number,
  given: readonly string[],
): Promise<SentRequestDocument[]> {
  return database.sentRequests
    .find({
      workspaceId,
      sentAt: { $gte: new Date(fromMs) },
      expiresAt: { $gt: now() },
      _id: { $nin: given },
    })
    .sort({ sentAt: 1 })
    .limit(BATCH)
    .lean();
}
