import {
  COUNT_MAX_MS,
  type Database,
  type DeliveryDocument,
  isOverTime,
  type ObjectId,
  type RedeliveryCounts,
  type RedeliveryDocument,
  redeliveryIndex,
} from '@interview-webhooks/database';

interface InDatabase {
  database: Database;
}

/** What became of deliveries that a redelivery had taken up. */
export interface RedeliveredOutcome {
  redeliveryId: ObjectId;
  became: keyof RedeliveryCounts;
  count: number;
}

/** What the end of deliveries says to the redeliveries that took them up; nothing for all others. */
export function redeliveredOutcomes(
  deliveries: readonly Pick<DeliveryDocument, 'redelivery'>[],
  became: RedeliveredOutcome['became'],
): RedeliveredOutcome[] {
  return deliveries.flatMap(({ redelivery }) =>
    redelivery ? [{ redeliveryId: redelivery.id, became, count: 1 }] : [],
  );
}

/**
 * Adds to the counters of redeliveries. One statement, not waited for on disk: what a crash loses of it, {@link settle}
 * finds again. A redelivery that is settled has counted all there is.
 */
export async function countRedelivered(
  { database }: InDatabase,
  outcomes: readonly RedeliveredOutcome[],
): Promise<void> {
  const sums = new Map<string, { id: ObjectId; counts: Record<string, number> }>();
  for (const { redeliveryId, became, count } of outcomes) {
    if (count === 0) continue;
    const key = redeliveryId.toHexString();
    const sum = sums.get(key) ?? { id: redeliveryId, counts: {} };
    sums.set(key, sum);
    const field = `counts.${became}`;
    sum.counts[field] = (sum.counts[field] ?? 0) + count;
  }
  if (sums.size === 0) return;
  await database.direct.redeliveries.bulkWrite(
    [...sums.values()].map(({ id, counts }) => ({
      updateOne: { filter: { _id: id, isSettled: { $ne: true } }, update: { $inc: counts } },
    })),
    { ordered: false, writeConcern: { w: 1, journal: false } },
  );
}

/** How many of what it took up wait for an attempt or for a retry, by its counters. */
export function waitingOf({ isSettled, queued, counts = {} }: RedeliveryDocument): number {
  if (isSettled) return 0;
  const { delivered = 0, failed = 0, cancelled = 0, released = 0 } = counts;
  return Math.max(0, queued - delivered - failed - cancelled - released);
}

const ends = ['delivered', 'failed', 'cancelled'] as const;
/** More of one kind are not counted again; then the counters stay as they are. */
const RECOUNTED_UP_TO = 1_000_000;

/**
 * Makes the counters of a redelivery final, when everything that it took up has ended. Until then they were only ever added
 * to, after the fact: a crash leaves them short, never too high. What is stored now is short where deliveries have been
 * sent again since, or their retention is over. So of the two the higher is right.
 *
 * @returns whether it is settled; false while something is still waiting
 */
export async function settle({ database }: InDatabase, { _id }: RedeliveryDocument): Promise<boolean> {
  const { deliveries, redeliveries } = database;
  const open = await deliveries
    .exists({ 'redelivery.id': _id, state: { $in: ['pending', 'delivering'] } })
    .hint(redeliveryIndex);
  if (open) return false;
  const stored = await Promise.all(ends.map((state) => countStored(database, _id, state)));
  const higher = ends.map((state, index) => [
    `counts.${state}`,
    { $max: [`$counts.${state}`, stored[index] ?? 0] },
  ]);
  const ended = { $sum: ends.map((state) => `$counts.${state}`) };
  await redeliveries.updateOne(
    { _id },
    [
      { $set: Object.fromEntries(higher) as Record<string, unknown> }, // Object.fromEntries forgets its values' type
      { $set: { queued: { $max: ['$queued', ended] }, isSettled: true } },
      { $unset: 'settleAt' },
    ],
    { updatePipeline: true },
  );
  return true;
}

async function countStored(
  { deliveries }: Database,
  id: ObjectId,
  state: (typeof ends)[number],
): Promise<number> {
  try {
    return await deliveries.countDocuments(
      { 'redelivery.id': id, state },
      { limit: RECOUNTED_UP_TO, hint: redeliveryIndex, maxTimeMS: COUNT_MAX_MS },
    );
  } catch (error) {
    if (isOverTime(error)) return 0;
    throw error;
  }
}
