import {
  type DeliveryDocument,
  interviewListIndex,
  isObjectId,
  listIndex,
} from '@interview-webhooks/database';
import {
  type DeliveryDetails,
  type DeliveryFilter,
  type DeliveryRef,
  DeliveryState,
  EventType,
  StatusClass,
} from '@interview-webhooks/schema';
import { eventId } from '@interview-webhooks/webhooks';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { inTime } from '../places.ts';
import { sought } from '../search/search-keys.ts';
import { attemptView, deliveryView } from './delivery-view.ts';
import { firstAttemptOf } from './first-attempt.ts';

/** What `filter` asks of a delivery. */
export function matching(filter: DeliveryFilter): Record<string, unknown> {
  const { event, state, status_class, ai_interview_id, response_id, from, to, text } = filter;
  return {
    // Always one of few, so that every combination is a part of the list's index.
    event: oneOf(event, EventType.options),
    state: oneOf(state, DeliveryState.options),
    lastStatusClass: oneOf(status_class, StatusClass.options),
    ...(ai_interview_id !== undefined && { interviewId: idOrNone(ai_interview_id) }),
    // Made of what happened, so that no index of its own is needed.
    ...(response_id !== undefined && { _id: { $in: eventIdsOf(response_id) } }),
    ...((from ?? to) && {
      createdAt: { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) },
    }),
    ...(text && {
      $or: ['interviewName', 'candidateName', 'candidateEmail'].map((field) => ({
        [field]: sought(text)?.text ?? { $in: [] },
      })),
    }),
  };
}

/** The index that has what `filter` asks for in the order of time, but for what is found by its id. */
export function indexFor({ response_id, ai_interview_id }: DeliveryFilter): Record<string, 1 | -1> {
  if (response_id !== undefined) return { _id: 1 };
  return ai_interview_id === undefined ? listIndex : interviewListIndex;
}

function oneOf<Value extends string>(
  wanted: Value | undefined,
  all: readonly Value[],
): { $in: readonly Value[] } {
  return { $in: wanted === undefined ? all : [wanted] };
}

/** The ids that deliveries of a response have. */
export function eventIdsOf(responseId: string): string[] {
  return EventType.options.map((event) => eventId(responseId, event));
}

/** An id that no document has stands for one that could not be an id at all. */
function idOrNone(id: string): string {
  return isObjectId(id) ? id : '0'.repeat(24);
}

/**
 * The workspace's deliveries that match, the oldest first, `limit` of them with each step.
 */
export async function* deliveriesInSteps(
  { database, workspaceId }: Pick<Context, 'database' | 'workspaceId'>,
  filter: Omit<DeliveryFilter, 'text'>,
  limit: number,
): AsyncGenerator<DeliveryDocument[]> {
  for (let found: DeliveryDocument[] | undefined; found?.length !== 0;) {
    found = await database.deliveries
      .find({ $and: [{ workspaceId }, matching(filter), ...inTime('after', found?.at(-1))] })
      .sort({ createdAt: 1, _id: 1 })
      .hint(indexFor(filter))
      .limit(limit)
      .lean();
    if (found.length > 0) yield found;
  }
}

/** What is sent by hand again and again has more attempts than anybody reads. */
const MAX_ATTEMPTS = 50;

/**
 * One delivery with its payload and its attempts, of very many the newest.
 *
 * @throws NotFoundError
 */
export async function getDelivery(
  { database, workspaceId }: Context,
  { delivery_id }: DeliveryRef,
): Promise<DeliveryDetails> {
  const delivery = await database.deliveries.findOne({ _id: delivery_id, workspaceId }).lean();
  if (!delivery) throw new NotFoundError('delivery');
  const attempts = await database.attempts
    .find({ deliveryId: delivery_id, workspaceId })
    .sort({ number: -1 })
    .limit(MAX_ATTEMPTS)
    .lean();
  const { body } = delivery;
  const made = [...firstAttemptOf(delivery), ...attempts.reverse()].slice(-MAX_ATTEMPTS);
  const log = made.map((attempt) => attemptView(attempt, body));
  return { ...deliveryView(delivery), payload: body, log };
}
