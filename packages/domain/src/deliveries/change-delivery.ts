import type { Delivery, DeliveryRef } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { countOutcomes, endCounted } from '../overview/count-outcomes.ts';
import { deliveryView } from './delivery-view.ts';

/**
 * Sends a delivery again, whatever became of it: now, with a retry schedule of its own, and with the same id and
 * bytes.
 *
 * @throws NotFoundError
 * @throws ConflictError while an attempt is being made
 */
export async function redeliver(context: Context, { delivery_id }: DeliveryRef): Promise<Delivery> {
  const { database, workspaceId, now } = context;
  const dueAt = now();
  const changed = await database.deliveries
    .findOneAndUpdate(
      { _id: delivery_id, workspaceId, state: { $ne: 'delivering' } },
      { $set: { state: 'pending', reason: null, trigger: 'manual', failures: 0, dueAt, finishedAt: null } },
      { returnDocument: 'after' },
    )
    .lean();
  if (!changed) return refuse(context, delivery_id);
  context.events.due();
  return deliveryView(changed);
}

/**
 * Stops a delivery that waits for its next attempt. Cancelling it again changes nothing.
 *
 * @throws NotFoundError
 * @throws ConflictError when it has ended otherwise, or an attempt is being made
 */
export async function cancelDelivery(context: Context, { delivery_id }: DeliveryRef): Promise<Delivery> {
  const { database, workspaceId, now } = context;
  const finishedAt = now();
  const changed = await database.deliveries
    .findOneAndUpdate(
      { _id: delivery_id, workspaceId, state: 'pending' },
      { $set: { state: 'cancelled', reason: 'by-request', finishedAt }, $unset: { dueAt: 1 } },
      { returnDocument: 'after' },
    )
    .lean();
  if (changed) {
    await countOutcomes(context, [endCounted(changed, 'cancelled', finishedAt)]);
    return deliveryView(changed);
  }
  const found = await database.deliveries.findOne({ _id: delivery_id, workspaceId }).lean();
  return found?.state === 'cancelled' ? deliveryView(found) : refuse(context, delivery_id);
}

async function refuse({ database, workspaceId }: Context, _id: string): Promise<never> {
  const found = await database.deliveries.findOne({ _id, workspaceId }).lean();
  if (!found) throw new NotFoundError('delivery');
  throw new ConflictError(
    found.state === 'delivering'
      ? 'An attempt is being made at this moment; try again when it has ended.'
      : `This delivery is ${found.state}; there is nothing to stop.`,
  );
}
