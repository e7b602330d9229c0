import type { DeliveryDocument } from '@interview-webhooks/database';
import type { Delivery, DeliveryRef } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { countOutcomes, endCounted } from '../overview/count-outcomes.ts';
import { deliveryView } from './delivery-view.ts';
import { countRedelivered, redeliveredOutcomes } from './redelivery-counts.ts';

/** For so long at least what somebody has stopped can be looked at. */
const SHOWN_MS = 86_400_000;

/**
 * Sends a delivery again, whatever became of it: now, with a retry schedule of its own, and with the same id and
 * bytes.
 *
 * @throws NotFoundError
 * @throws ConflictError while an attempt is being made
 */
export async function redeliver(context: Context, { delivery_id }: DeliveryRef): Promise<Delivery> {
  const { database, workspaceId, now } = context;
  const found = await findDelivery(context, delivery_id);
  if (found.state === 'delivering') throw refusal(found);
  await noteAct(context, { action: 'delivery.redelivered', target: targetOf(found) });
  const dueAt = now();
  const changed = await database.deliveries
    .findOneAndUpdate(
      { _id: delivery_id, workspaceId, state: { $ne: 'delivering' } },
      [
        {
          $set: {
            ...{ state: 'pending', reason: null, trigger: 'manual', failures: 0, dueAt, finishedAt: null },
            // A redelivery of many that took it up has counted how that ended; only one that has not goes on.
            redelivery: { $cond: [{ $eq: ['$state', 'pending'] }, '$redelivery', '$$REMOVE'] },
          },
        },
      ],
      { returnDocument: 'after', updatePipeline: true },
    )
    .lean();
  // Taken up meanwhile.
  if (!changed) throw refusal(await findDelivery(context, delivery_id));
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
  const found = await findDelivery(context, delivery_id);
  if (found.state === 'cancelled') return deliveryView(found);
  if (found.state !== 'pending') throw refusal(found);
  await noteAct(context, { action: 'delivery.cancelled', target: targetOf(found) });
  const finishedAt = now();
  const changed = await database.deliveries
    .findOneAndUpdate(
      { _id: delivery_id, workspaceId, state: 'pending' },
      {
        $set: { state: 'cancelled', reason: 'by-request', finishedAt },
        $unset: { dueAt: 1 },
        // One whose retention is over was only kept because it was due.
        $max: { expiresAt: new Date(finishedAt.getTime() + SHOWN_MS) },
      },
      { returnDocument: 'after' },
    )
    .lean();
  if (changed) {
    await countOutcomes(context, [endCounted(changed, 'cancelled', finishedAt)]);
    await countRedelivered(context, redeliveredOutcomes([changed], 'cancelled'));
    return deliveryView(changed);
  }
  const meanwhile = await findDelivery(context, delivery_id);
  if (meanwhile.state === 'cancelled') return deliveryView(meanwhile);
  throw refusal(meanwhile);
}

async function findDelivery({ database, workspaceId }: Context, _id: string): Promise<DeliveryDocument> {
  const found = await database.deliveries.findOne({ _id, workspaceId }).lean();
  if (!found) throw new NotFoundError('delivery');
  return found;
}

function targetOf({ _id }: DeliveryDocument) {
  return { type: 'delivery', id: _id } as const;
}

function refusal({ state }: DeliveryDocument): ConflictError {
  return new ConflictError(
    state === 'delivering'
      ? 'An attempt is being made at this moment; try again when it has ended.'
      : `This delivery is ${state}; there is nothing to stop.`,
  );
}
