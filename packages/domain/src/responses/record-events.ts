import type { AiInterviewDocument, ResponseDocument } from '@interview-webhooks/database';
import type { EventType, InviteStatus } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { currentTraceParent } from '../tracing/trace-parent.ts';
import { findResponse } from './find-response.ts';

/** What becomes of a response, and the events that tell of it. */
export interface Recording {
  status: InviteStatus;
  /** The rest of the change, for the time at which it happens. */
  set: (at: Date) => Partial<ResponseDocument>;
  events: readonly EventType[];
  /** The one that the response belongs to. */
  interview: AiInterviewDocument;
}

/**
 * Changes a response and puts the events into its outbox, in one atomic update, if its status is still the one that
 * was read; then has them sent.
 *
 * @returns the response as it is now, or null where somebody else took it to a status that has to be looked at first
 */
export async function recordEvents(
  context: Context,
  response: ResponseDocument,
  { status, set, events, interview }: Recording,
): Promise<ResponseDocument | null> {
  const { _id, workspaceId } = response;
  const trace = currentTraceParent();
  const recording = context.events.begin(interview, events);
  const change = (at: Date) => ({ status, ...set(at) });
  const entries = (at: Date) =>
    // With the trace, the attempts belong to it, whichever process makes them.
    events.map((event) => ({ event, ...recording.lease(at), ...(trace !== undefined && { trace }) }));
  const { isCertain, at } = await context.database.write.updateResponse({
    id: _id,
    workspaceId,
    filter: { status: response.status },
    update: (at) => ({ $set: change(at), $push: { outboxEntries: { $each: entries(at) } } }),
    now: context.now,
  });
  const recorded = isCertain
    ? { ...response, ...change(at), outboxEntries: entries(at) }
    : await findResponse(context, _id.toHexString());
  if (recorded.status !== status) return null;
  recording.recorded(recorded);
  return recorded;
}

/** Longer ago, a write is in the journal. */
const JUST_NOW_MS = 10_000;

/**
 * Waits until what was recorded a moment ago is in the journal: who records the same again is told that it is recorded,
 * and a crash must not make that untrue.
 */
export async function untilJournaled(
  { database, now }: Context,
  { _id, workspaceId, status, startedAt, submittedAt }: ResponseDocument,
): Promise<void> {
  const recordedAt = submittedAt ?? startedAt;
  if (!recordedAt || now().getTime() - recordedAt.getTime() > JUST_NOW_MS) return;
  // Changes nothing, and takes along into the journal all that was written before.
  const update = () => ({ $set: { status } });
  await database.write.updateResponse({ id: _id, workspaceId, filter: { status }, update, now });
}
