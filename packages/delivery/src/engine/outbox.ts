import { type DeliveryDocument, isDuplicateKey, type ResponseDocument } from '@interview-webhooks/database';
import { effectiveTarget, eventId, webhookEvent } from '@interview-webhooks/domain';
import type { EngineOptions } from './engine-options.ts';
import { endpointOf } from './endpoint.ts';

type Outbox = Pick<EngineOptions, 'services' | 'retentionMs'>;

/** The deliveries of all events in the outbox of `responses`, due at once; nothing is stored yet. */
export async function deliveriesOf(
  { services, retentionMs }: Outbox,
  responses: readonly ResponseDocument[],
): Promise<DeliveryDocument[]> {
  const { database, now } = services;
  const interviews = await database.aiInterviews
    .find({ _id: { $in: responses.map(({ interviewId }) => interviewId) } })
    .lean();
  const byId = new Map(interviews.map((interview) => [interview._id.toHexString(), interview]));
  const deliveries: DeliveryDocument[] = [];
  for (const response of responses) {
    const interview = byId.get(response.interviewId.toHexString());
    if (!interview) throw new Error(`response ${response._id.toHexString()} belongs to no AI interview`);
    const workspaceId = response.workspaceId.toHexString();
    for (const event of response.outbox ?? []) {
      const { url } = await effectiveTarget({ database, workspaceId }, interview, event);
      const createdAt = now();
      deliveries.push({
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
        endpoint: endpointOf(workspaceId, url),
        lastStatus: null,
        lastError: null,
        createdAt,
        finishedAt: null,
        expiresAt: new Date(createdAt.getTime() + retentionMs),
      });
    }
  }
  return deliveries;
}

/**
 * Stores `deliveries` and then takes their events out of the outbox of `responses`. Doing it twice, or in two
 * processes at once, makes each delivery once.
 *
 * @returns the deliveries that this call made
 */
export async function emptyOutbox(
  { services }: Outbox,
  responses: readonly ResponseDocument[],
  deliveries: readonly DeliveryDocument[],
): Promise<DeliveryDocument[]> {
  const made = await insertNew(services, deliveries);
  await services.database.responses.collection.bulkWrite(
    // Only what was read: an event recorded meanwhile stays.
    responses.map(({ _id, outbox }) => ({
      updateOne: { filter: { _id }, update: [{ $set: { outbox: remaining(outbox ?? []) } }] },
    })),
    { ordered: false },
  );
  return made;
}

/** The outbox without `done`; gone altogether when it is empty, so that the sweeper's index stays empty too. */
function remaining(done: readonly string[]) {
  const left = { $setDifference: [{ $ifNull: ['$outbox', []] }, [...done]] };
  return { $cond: [{ $eq: [left, []] }, '$$REMOVE', left] };
}

async function insertNew(
  { database }: EngineOptions['services'],
  deliveries: readonly DeliveryDocument[],
): Promise<DeliveryDocument[]> {
  if (deliveries.length === 0) return [];
  try {
    await database.deliveries.insertMany(deliveries, { ordered: false });
    return [...deliveries];
  } catch (error) {
    const existing = duplicates(error);
    return deliveries.filter((_delivery, index) => !existing.has(index));
  }
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
