import {
  type DeliveryDocument,
  type DeliveryPosition,
  redeliveredFields,
  type RedeliveryDocument,
} from '@interview-webhooks/database';
import type { Services } from '../context.ts';
import { inTime, type Place } from '../places.ts';
import { LOOKED_AT } from '../search/bounded-page.ts';
import { indexFor, matching } from './read-deliveries.ts';
import { countRedelivered, redeliveredOutcomes } from './redelivery-counts.ts';

type Condition = Record<string, unknown>;
type Walk = Pick<Services, 'database' | 'now'>;

type Found = Place & Pick<DeliveryDocument, 'state' | 'redelivery'>;

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
      .find({ $and: conditions })
      .sort({ createdAt: 1, _id: 1 })
      .hint(indexFor(filter))
      .limit(count)
      .lean();
  // Only a text is in no index.
  const horizon =
    text === undefined
      ? undefined
      : (
          await read([...within, matching(indexed)], 1)
            .skip(LOOKED_AT - 1)
            .select<Place>({ createdAt: 1 })
        )[0];
  const found = await read([...within, matching(filter), ...inTime('upTo', horizon)], limit).select<Found>({
    createdAt: 1,
    state: 1,
    'redelivery.id': 1,
  });
  const ids = found.map((delivery) => delivery._id);
  const { modifiedCount } = await database.deliveries.updateMany(
    { workspaceId, _id: { $in: ids }, state: { $ne: 'delivering' }, 'redelivery.id': { $ne: _id } },
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
  // What waited for another one is this one's now.
  const elsewhere = found.filter(
    ({ state, redelivery }) => state === 'pending' && !redelivery?.id.equals(_id),
  );
  await countRedelivered({ database }, redeliveredOutcomes(elsewhere, 'released'));
  const last = found.length === limit ? found.at(-1) : horizon;
  return { queued: modifiedCount, position: last ? { createdAt: last.createdAt, id: last._id } : null };
}

/** Makes what a redelivery took up, and was not tried yet, what it was before. */
export async function putBack({ database }: Walk, { _id, workspaceId }: RedeliveryDocument): Promise<void> {
  const { modifiedCount } = await database.deliveries.updateMany(
    { workspaceId, 'redelivery.id': _id, state: 'pending', trigger: 'bulk' },
    [{ $set: copied('redelivery.before.') }, { $unset: 'redelivery' }],
    { updatePipeline: true },
  );
  await countRedelivered({ database }, [{ redeliveryId: _id, became: 'released', count: modifiedCount }]);
}

/** The fields that redelivering changes, as they are at `path`; one that is not there stays away. */
function copied(path: string): Record<string, string> {
  return Object.fromEntries(redeliveredFields.map((field) => [field, `$${path}${field}`]));
}

function placeOf({ createdAt, id }: DeliveryPosition): Place {
  return { createdAt, _id: id };
}
