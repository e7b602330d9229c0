import { isObjectId } from '@interview-webhooks/database';
import {
  type Delivery,
  type DeliveryDetails,
  type DeliveryFilter,
  type DeliveryRef,
  EventType,
  type ListDeliveries,
  type Page,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { containing, cutPage, invalidCursor } from '../paging.ts';
import { attemptView, deliveryView } from './delivery-view.ts';
import { eventId } from './webhook-event.ts';

/** The workspace's deliveries that match, newest first. */
export async function listDeliveries(
  { database, workspaceId }: Context,
  { cursor, limit, ...filter }: ListDeliveries,
): Promise<Page<Delivery>> {
  const found = await database.deliveries
    .find({ $and: [{ workspaceId }, matching(filter), after(cursor)] })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  return cutPage(found, limit, {
    entry: deliveryView,
    cursor: ({ createdAt, _id }) => Buffer.from(`${createdAt.getTime()} ${_id}`).toString('base64url'),
  });
}

/** What `filter` asks of a delivery. */
export function matching(filter: DeliveryFilter): Record<string, unknown> {
  const { event, state, status_class, ai_interview_id, response_id, from, to, text } = filter;
  return {
    ...(event && { event }),
    ...(state && { state }),
    ...(status_class && { lastStatus: statusIn(status_class) }),
    ...(ai_interview_id !== undefined && { interviewId: idOrNone(ai_interview_id) }),
    // Made of what happened, so that no index of its own is needed.
    ...(response_id !== undefined && { _id: { $in: eventIdsOf(response_id) } }),
    ...((from ?? to) && {
      createdAt: { ...(from && { $gte: new Date(from) }), ...(to && { $lt: new Date(to) }) },
    }),
    ...(text && {
      $or: ['interviewName', 'candidateName', 'candidateEmail'].map((field) => ({
        [field]: containing(text),
      })),
    }),
  };
}

function eventIdsOf(responseId: string): string[] {
  return EventType.options.map((event) => eventId(responseId, event));
}

function statusIn(statusClass: NonNullable<DeliveryFilter['status_class']>) {
  if (statusClass === 'none') return null;
  const first = Number(statusClass[0]) * 100;
  return { $gte: first, $lt: first + 100 };
}

/** An id that no document has stands for one that could not be an id at all. */
function idOrNone(id: string): string {
  return isObjectId(id) ? id : '0'.repeat(24);
}

function after(cursor: string | null | undefined): Record<string, unknown> {
  if (cursor == null) return {};
  const match = /^(\d{1,15}) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw invalidCursor();
  const createdAt = new Date(Number(match[1]));
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: match[2] } }] };
}

/**
 * One delivery with its payload and every attempt.
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
    .sort({ number: 1 })
    .lean();
  const { body } = delivery;
  const log = attempts.map((attempt) => attemptView(attempt, body));
  return { ...deliveryView(delivery), payload: body, log };
}
