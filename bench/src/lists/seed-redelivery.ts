import { ObjectId } from '@interview-webhooks/database';
import type { Context } from '@interview-webhooks/domain';

const HOUR_MS = 3_600_000;
/** Of the workspace's deliveries in 30 days; with a million of them these are 300,000. */
const HOURS = 9 * 24;

/** A redelivery that has taken up what the first nine days brought, and sent all of it. */
export async function seedRedelivery(
  { database, workspaceId, actor }: Context,
  middle: Date,
): Promise<string> {
  const _id = new ObjectId();
  const began = middle.getTime() - 15 * 24 * HOUR_MS;
  let taken = 0;
  for (let hour = 0; hour < HOURS; hour++) {
    const createdAt = { $gte: new Date(began + hour * HOUR_MS), $lt: new Date(began + (hour + 1) * HOUR_MS) };
    const { modifiedCount } = await database.direct.deliveries.updateMany(
      {
        workspaceId: new ObjectId(workspaceId),
        createdAt,
        state: { $in: ['delivered', 'failed', 'cancelled'] },
      },
      // What it was before is of no interest here.
      [{ $set: { redelivery: { id: _id, before: {} } } }],
      { writeConcern: { w: 1, journal: false } },
    );
    taken += modifiedCount;
  }
  const at = new Date();
  await database.redeliveries.create({
    _id,
    workspaceId,
    filter: { to: new Date(began + HOURS * HOUR_MS).toISOString() },
    state: 'completed',
    total: null,
    queued: taken,
    counts: { delivered: taken },
    isSettled: true,
    isWalked: true,
    actor,
    createdAt: at,
    finishedAt: at,
  });
  return _id.toHexString();
}
