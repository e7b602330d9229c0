import {
  type AiInterviewDocument,
  type DeliveryDocument,
  isDuplicateKey,
  type OutboxEntry,
  type ResponseDocument,
} from '@interview-webhooks/database';
import { eventId, partOf, webhookEvent } from '@interview-webhooks/webhooks';
import type { EngineServices } from '../engine/engine-options.ts';

/** An event in the outbox of a response. */
export interface Recorded {
  readonly response: ResponseDocument;
  readonly entry: OutboxEntry;
}

/** Who recorded what a version without leases left: nobody that anything is known of. */
const UNLEASED = '';

/** Everything in the outbox of a response, whatever version recorded it. */
export function outboxOf(response: ResponseDocument): Recorded[] {
  const { outboxEntries = [], outbox = [], traces } = response;
  const unleased = outbox.map((event): OutboxEntry => {
    const trace = traces?.[partOf(event)];
    return { event, by: UNLEASED, until: new Date(0), ...(trace !== undefined && { trace }) };
  });
  return [...outboxEntries, ...unleased].map((entry) => ({ response, entry }));
}

/** The id that the event's delivery has. */
export function deliveryIdOf({ response, entry }: Recorded): string {
  return eventId(response._id.toHexString(), entry.event);
}

export interface NewDelivery extends Recorded {
  readonly interview: AiInterviewDocument;
  readonly endpoint: string;
  readonly createdAt: Date;
  readonly retentionMs: number;
}

/** The delivery of an event, due at once; nothing is stored yet. */
export function newDelivery(event: NewDelivery): DeliveryDocument {
  const { response, entry, interview, endpoint, createdAt, retentionMs } = event;
  return {
    _id: deliveryIdOf(event),
    workspaceId: response.workspaceId,
    interviewId: interview._id,
    interviewName: interview.name,
    responseId: response._id,
    candidateName: response.candidate.name,
    candidateEmail: response.candidate.email,
    event: entry.event,
    body: JSON.stringify(webhookEvent(entry.event, response, interview)),
    state: 'pending',
    dueAt: createdAt,
    reason: null,
    trigger: 'event',
    attempts: 0,
    failures: 0,
    endpoint,
    ...(entry.trace !== undefined && { trace: entry.trace }),
    lastStatus: null,
    lastStatusClass: 'none',
    lastError: null,
    createdAt,
    finishedAt: null,
    expiresAt: new Date(createdAt.getTime() + retentionMs),
  };
}

/**
 * Stores `deliveries`. Doing it twice, or in two processes at once, makes each delivery once.
 *
 * @returns those that this call made; of two with the same id that is one
 */
export async function insertNew(
  { database }: EngineServices,
  deliveries: readonly DeliveryDocument[],
): Promise<Set<DeliveryDocument>> {
  const made = new Set(deliveries);
  if (deliveries.length === 0) return made;
  try {
    await database.direct.deliveries.insertMany([...deliveries], { ordered: false });
  } catch (error) {
    const existing = duplicates(error);
    for (const [index, delivery] of deliveries.entries()) if (existing.has(index)) made.delete(delivery);
  }
  return made;
}

/** Takes events that are stored as deliveries out of their outboxes, and leaves others there. */
export async function emptyOutboxes(
  { database }: EngineServices,
  events: readonly Recorded[],
): Promise<void> {
  const changes = events.map(({ response: { _id, workspaceId, outbox = [] }, entry: { event, by } }) => ({
    id: _id,
    workspaceId,
    // Of what has no lease, only what was read: if an event was recorded meanwhile, the sweep takes it up.
    ...(by === UNLEASED
      ? { filter: { outbox }, update: { $unset: { outbox: true as const, traces: true as const } } }
      : { filter: {}, update: { $pull: { outboxEntries: { event, by } } } }),
  }));
  // Not waited for on disk: if a crash undoes it, the sweep does it again.
  const soft = { ordered: false, writeConcern: { w: 1, journal: false } };
  await database.direct.responses.bulkWrite(database.statements.of<ResponseDocument>(changes), soft);
}

/** Places in a failed `insertMany` of what was there already; anything else that went wrong is thrown on. */
function duplicates(error: unknown): Set<number> {
  const failures =
    error instanceof Error && 'writeErrors' in error && Array.isArray(error.writeErrors)
      ? error.writeErrors
      : undefined;
  if (!failures || !isDuplicateKey(error)) throw error;
  return new Set(
    failures.map((failure: { code?: number; index?: number }) => {
      if (failure.code !== 11000 || failure.index === undefined) throw error;
      return failure.index;
    }),
  );
}
