import type { AiInterviewDocument, ResponseDocument } from '@interview-webhooks/database';
import type { EventType } from '@interview-webhooks/schema';
import { partOf } from '@interview-webhooks/webhooks';
import type { Context } from '../context.ts';
import { currentTraceParent } from '../tracing/trace-parent.ts';
import { findResponse } from './find-response.ts';

/** What became of a response, and the events that tell of it. */
export interface Recording {
  set: Pick<ResponseDocument, 'status'> & Partial<ResponseDocument>;
  events: readonly EventType[];
  /** The one that the response belongs to. */
  interview: AiInterviewDocument;
}

/**
 * Changes a response and puts the events into its outbox, in one atomic update, if its status is still the one that
 * was read; then says that there is something to send.
 *
 * @returns the response as it is now, or null where somebody else took it to a status that has to be looked at first
 */
export async function recordEvents(
  context: Context,
  response: ResponseDocument,
  { set, events, interview }: Recording,
): Promise<ResponseDocument | null> {
  const { _id, workspaceId, status } = response;
  const trace = currentTraceParent();
  const isRecorded = await context.database.write.updateResponse({
    id: _id,
    workspaceId,
    filter: { status },
    update: { $set: { ...set, ...inTrace(trace, events) }, $addToSet: { outbox: { $each: [...events] } } },
  });
  const outbox = [...new Set([...(response.outbox ?? []), ...events])];
  const traces = trace && {
    ...response.traces,
    ...Object.fromEntries(events.map((e) => [partOf(e), trace])),
  };
  const recorded = isRecorded
    ? { ...response, ...set, outbox, ...(traces && { traces }) }
    : await findResponse(context, _id.toHexString());
  if (recorded.status !== set.status) return null;
  // Said twice, where somebody else recorded the same at once: an event has one delivery.
  if (recorded.outbox) context.events.recorded(recorded, interview);
  return recorded;
}

/** So that the attempts belong to the same trace, whichever process makes them. */
function inTrace(trace: string | undefined, events: readonly EventType[]): Record<string, string> {
  if (trace === undefined) return {};
  return Object.fromEntries(events.map((event) => [`traces.${partOf(event)}`, trace]));
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
  const update = { $set: { status } };
  await database.write.updateResponse({ id: _id, workspaceId, filter: { status }, update });
}
