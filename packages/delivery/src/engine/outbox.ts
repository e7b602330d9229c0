import {
  type AiInterviewDocument,
  type DeliveryDocument,
  isDuplicateKey,
  type ResponseDocument,
} from '@interview-webhooks/database';
import { eventId, partOf, webhookEvent } from '@interview-webhooks/webhooks';
import type { EngineOptions } from './engine-options.ts';
import { type Prepared, prepare } from './job.ts';

type Outbox = Pick<EngineOptions, 'services' | 'retentionMs'>;

/** A response with events in its outbox; the AI interview where it was just read. */
export interface Told {
  readonly response: ResponseDocument;
  readonly interview?: AiInterviewDocument;
}

/** The ids that the deliveries of the events in an outbox have. */
export function deliveryIdsOf({ _id, outbox = [] }: ResponseDocument): string[] {
  return outbox.map((event) => eventId(_id.toHexString(), event));
}

/** The deliveries of all events in the outbox of a response, due at once; nothing is stored yet. */
export async function deliveriesOf(
  { services, retentionMs }: Outbox,
  { response, interview: known }: Told,
): Promise<Prepared[]> {
  const { workspaceId, interviewId } = response;
  const interview =
    known ?? (await services.database.read.aiInterview(workspaceId.toHexString(), interviewId.toHexString()));
  if (!interview) throw new Error(`response ${response._id.toHexString()} belongs to no AI interview`);
  const createdAt = services.now();
  const prepared = await Promise.all(
    (response.outbox ?? []).map((event) =>
      prepare(services, newDelivery({ response, interview, event, createdAt, retentionMs }), interview),
    ),
  );
  for (const { delivery, place } of prepared) delivery.endpoint = place.endpoint;
  return prepared;
}

interface Happened {
  response: ResponseDocument;
  interview: AiInterviewDocument;
  event: DeliveryDocument['event'];
  createdAt: Date;
  retentionMs: number;
}

function newDelivery({ response, interview, event, createdAt, retentionMs }: Happened): DeliveryDocument {
  const trace = response.traces?.[partOf(event)];
  return {
    _id: eventId(response._id.toHexString(), event),
    workspaceId: response.workspaceId,
    interviewId: interview._id,
    interviewName: interview.name,
    responseId: response._id,
    candidateName: response.candidate.name,
    candidateEmail: response.candidate.email,
    event,
    body: JSON.stringify(webhookEvent(event, response, interview)),
    state: 'pending',
    dueAt: createdAt,
    reason: null,
    trigger: 'event',
    attempts: 0,
    failures: 0,
    // Known once its settings are.
    endpoint: '',
    ...(trace !== undefined && { trace }),
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
  { database }: EngineOptions['services'],
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

/** Takes the events that have a delivery now out of the outbox of `responses`. */
export async function emptyOutbox(
  { database }: EngineOptions['services'],
  responses: readonly ResponseDocument[],
): Promise<void> {
  const changes = responses.map(({ _id, workspaceId, outbox = [] }) => ({
    id: _id,
    workspaceId,
    // Only what was read: where an event was recorded meanwhile, the sweep sees to it.
    filter: { outbox },
    update: { $unset: { outbox: true as const, traces: true as const } },
  }));
  // Not waited for on disk: the sweep does it again where a crash undoes it.
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
