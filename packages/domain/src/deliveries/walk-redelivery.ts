import {
  type DeliveryPosition,
  redeliveredFields,
  type RedeliveryDocument,
} from '@interview-webhooks/database';
import type { Services } from '../context.ts';
import { matching } from './read-deliveries.ts';

/** However few match, one step looks at no more than so many. */
const LOOKED_AT = 5_000;

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
  const { deliveries } = database;
  const { state } = filter;
  const rest = {
    $and: [{ workspaceId, ...(state && { state }), createdAt: { $lt: createdAt } }, after(position)],
  };
  const order = { createdAt: 1, _id: 1 } as const;
  const [horizon] = await deliveries
    .find(rest, { createdAt: 1 })
    .sort(order)
    .skip(LOOKED_AT - 1)
    .limit(1)
    .lean();
  const found = await deliveries
    .find({ $and: [rest, upTo(horizon), matching(filter)] }, { createdAt: 1 })
    .sort(order)
    .limit(limit)
    .lean();
  const ids = found.map((delivery) => delivery._id);
  const { modifiedCount } = await deliveries.updateMany(
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

function after(position: DeliveryPosition | null): Record<string, unknown> {
  if (!position) return {};
  const { createdAt, id } = position;
  return { $or: [{ createdAt: { $gt: createdAt } }, { createdAt, _id: { $gt: id } }] };
}

function upTo(horizon: { createdAt: Date; _id: string } | undefined): Record<string, unknown> {
  if (!horizon) return {};
  const { createdAt, _id } = horizon;
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lte: _id } }] };
}
