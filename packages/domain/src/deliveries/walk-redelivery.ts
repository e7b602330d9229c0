import {
  type DeliveryPosition,
  redeliveredFields,
  type RedeliveryDocument,
} from '@interview-webhooks/database';
import type { Services } from '../context.ts';
import { inTime, type Place } from '../places.ts';
import { LOOKED_AT } from '../search/bounded-page.ts';
import { indexFor, matching } from './read-deliveries.ts';

type Condition = Record<string, unknown>;
type Walk = Pick<Services, 'database' | 'now'>;

export interface WalkStep {
  queued: number;
  /** How far it came; null at the end. */
  position: DeliveryPosition | null;
}

/**
 * Makes the next deliveries of a redelivery due, at most `limit`, oldest first. A step that is done again, because a
 * crash came before its position was stored, takes up nothing twice.
 */
export async function walkOn(
  { database, now }: Walk,
  { _id, workspaceId, filter, position, createdAt }: RedeliveryDocument,
  limit: number,
): Promise<WalkStep> {
  const { text, ...indexed } = filter;
  const within = [
    { workspaceId, createdAt: { $lt: createdAt } },
    ...inTime('after', position && placeOf(position)),
  ];
  const read = (conditions: Condition[], count: number) =>
    database.deliveries
      .find({ $and: conditions }, { createdAt: 1 })
      .sort({ createdAt: 1, _id: 1 })
      .hint(indexFor(filter))
      .limit(count)
      .lean();
  // Only a text is in no index.
  const horizon =
    text === undefined ? undefined : (await read([...within, matching(indexed)], 1).skip(LOOKED_AT - 1))[0];
  const found = await read([...within, matching(filter), ...inTime('upTo', horizon)], limit);
  const ids = found.map((delivery) => delivery._id);
  const { modifiedCount } = await database.deliveries.updateMany(
    { _id: { $in: ids }, state: { $ne: 'delivering' }, 'redelivery.id': { $ne: _id } },
    [
      { $set: { redelivery: { id: _id, before: copied('') } } },
      {
        $set: {
          state: 'pending',
          reason: null,
          trigger: 'bulk',
          failures: 0,
          dueAt: now(),
          finishedAt: null,
        },
      },
    ],
    { updatePipeline: true },
  );
  const last = found.length === limit ? found.at(-1) : horizon;
  return { queued: modifiedCount, position: last ? { createdAt: last.createdAt, id: last._id } : null };
}

/** Makes what a redelivery took up, and was not tried yet, what it was before. */
export async function putBack({ database }: Walk, { _id }: RedeliveryDocument): Promise<void> {
  await database.deliveries.updateMany(
    { 'redelivery.id': _id, state: 'pending', trigger: 'bulk' },
    [{ $set: copied('redelivery.before.') }, { $unset: 'redelivery' }],
    { updatePipeline: true },
  );
}

/** The fields that redelivering changes, as they are at `path`; one that is not there stays away. */
function copied(path: string): Record<string, string> {
  return Object.fromEntries(redeliveredFields.map((field) => [field, `$${path}${field}`]));
}

function placeOf({ createdAt, id }: DeliveryPosition): Place {
  return { createdAt, _id: id };
}
