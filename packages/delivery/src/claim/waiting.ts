import type { Database } from '@interview-webhooks/database';
import { outboxIndex, READ_MAX_MS } from '@interview-webhooks/database';

/**
 * When the next of all that waits is due, in one statement: of deliveries (those whose lease may end included), of
 * redeliveries and of what is left in outboxes. Each part reads one entry of an index.
 *
 * @returns null where nothing waits; a time that is past where something is due
 */
export async function earliestWaiting({ direct }: Database): Promise<Date | null> {
  const { deliveries, redeliveries, responses } = direct;
  const dueFirst = [
    { $match: { dueAt: { $exists: true } } },
    { $sort: { dueAt: 1 } },
    { $limit: 1 },
    { $project: { _id: 0, at: '$dueAt' } },
  ];
  const pipeline = [
    ...dueFirst,
    { $unionWith: { coll: redeliveries.collectionName, pipeline: dueFirst } },
    { $unionWith: { coll: redeliveries.collectionName, pipeline: settledFirst } },
    { $unionWith: { coll: responses.collectionName, pipeline: leaseEndsFirst } },
    { $unionWith: { coll: responses.collectionName, pipeline: leftInOutbox } },
    { $sort: { at: 1 } },
    { $limit: 1 },
  ];
  const [earliest] = await deliveries
    .aggregate<{ at: Date | null }>(pipeline, { maxTimeMS: READ_MAX_MS })
    .toArray();
  return earliest ? (earliest.at ?? new Date(0)) : null;
}

const settledFirst = [
  { $match: { isSettled: { $in: [false, null] } } },
  { $sort: { settleAt: 1 } },
  { $limit: 1 },
  // A version without counters says nothing of when.
  { $project: { _id: 0, at: { $ifNull: ['$settleAt', null] } } },
];

const leaseEndsFirst = [
  { $match: { 'outboxEntries.until': { $exists: true } } },
  { $sort: outboxIndex },
  { $limit: 1 },
  { $project: { _id: 0, at: { $min: '$outboxEntries.until' } } },
];

/** A version without leases left it. */
const leftInOutbox = [
  { $match: { outbox: { $exists: true } } },
  { $limit: 1 },
  { $project: { _id: 0, at: { $literal: null } } },
];
