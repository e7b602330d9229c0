import type { RedeliveryDocument } from '@interview-webhooks/database';
import { putBack, settle, SETTLE_EVERY_MS, walkOn } from '@interview-webhooks/domain';
import type { EngineOptions, EngineServices } from '../engine/engine-options.ts';

const BATCH = 500;
/** So many of one redelivery wait at a time: whoever cancels it stops the rest, and new events wait behind no more. */
const WAITING = 2_000;
const LOOK_AGAIN_MS = 1_000;
/** From a look that found no redelivery to settle to the next one: it is a question of an index. */
const LOOK_FOR_ENDED_MS = 5_000;
/** A worker that dies while it goes on with one leaves it to the others after so long. */
const LEASE_MS = 30_000;
/** Looked at before those that are running get their next turn. */
const SETTLED_AT_ONCE = 20;

/** Goes on with redeliveries of many, each batch by whichever worker comes first. */
export function createRedeliveries(
  { services, log }: Pick<EngineOptions, 'services' | 'log'>,
  isStopped: () => boolean,
) {
  let working: Promise<void> | undefined;
  let settleFromMs = 0;

  /** @returns whether there may be more */
  const settleSome = async () => {
    for (let looks = 1; looks <= SETTLED_AT_ONCE && !isStopped(); looks++) {
      if (!(await settleNext(services))) return false;
    }
    return true;
  };
  const work = async () => {
    try {
      while (!isStopped() && (await goOn(services)));
      if (services.now().getTime() >= settleFromMs && !(await settleSome())) {
        settleFromMs = services.now().getTime() + LOOK_FOR_ENDED_MS;
      }
    } catch (error) {
      log.error({ err: error }, 'redeliveries cannot go on');
    }
    working = undefined;
  };

  return {
    /** Takes up what there is room for. */
    goOn: (): Promise<void> => (working ??= work()),
    /** Resolves when nothing is being taken up. */
    idle: () => working ?? Promise.resolve(),
  };
}

/** @returns false when no redelivery is due */
async function goOn(services: EngineServices): Promise<boolean> {
  const { database, now } = services;
  // Asked first, for nearly always there is none, and what might write waits for the journal.
  if (!(await database.redeliveries.exists({ dueAt: { $lte: now() } }))) return false;
  const leaseEnd = new Date(now().getTime() + LEASE_MS);
  const redelivery = await database.redeliveries
    .findOneAndUpdate(
      { dueAt: { $lte: now() } },
      { $set: { dueAt: leaseEnd } },
      { sort: { dueAt: 1 }, returnDocument: 'after' },
    )
    .lean();
  if (!redelivery) return false;
  const { _id, state } = redelivery;
  if (state === 'cancelled') {
    await putBack(services, redelivery);
    await database.redeliveries.updateOne({ _id, dueAt: leaseEnd }, { $unset: { dueAt: 1 } });
    return true;
  }
  const { matchedCount } = await database.redeliveries.updateOne(
    { _id, dueAt: leaseEnd, state },
    await nextChange(services, redelivery),
  );
  // Cancelled meanwhile, perhaps before this step took up its batch.
  if (matchedCount === 0 && (await database.redeliveries.exists({ _id, state: 'cancelled' }))) {
    await putBack(services, redelivery);
  }
  return true;
}

/**
 * Looks whether all that a redelivery took up has ended, and makes its counters final then. Also for those that a version
 * without counters has stored, which say nothing of when to look.
 *
 * @returns false when none is to be looked at
 */
async function settleNext(services: EngineServices): Promise<boolean> {
  const { redeliveries } = services.database;
  const at = services.now();
  const isDue = { isSettled: { $in: [false, null] }, settleAt: { $not: { $gt: at } } };
  if (!(await redeliveries.exists(isDue))) return false;
  const settleAt = new Date(at.getTime() + SETTLE_EVERY_MS);
  const redelivery = await redeliveries.findOneAndUpdate(isDue, { $set: { settleAt } }).lean();
  if (!redelivery) return false;
  // While it has a time it goes on: somebody may be taking something up for it.
  if (redelivery.dueAt === undefined) await settle(services, redelivery);
  return true;
}

/** Takes up a batch where there is room for one, and says how that changes the redelivery. */
async function nextChange(services: EngineServices, redelivery: RedeliveryDocument): Promise<object> {
  const { now } = services;
  const lookAgain = { $set: { dueAt: new Date(now().getTime() + LOOK_AGAIN_MS) } };
  if (redelivery.isWalked) {
    if ((await untried(services, redelivery, {})) > 0) return lookAgain;
    return { $set: { state: 'completed', finishedAt: now() }, $unset: { dueAt: 1 } };
  }
  // What waits for an endpoint that fails is in nobody's way.
  const room = WAITING - (await untried(services, redelivery, { reason: null }));
  if (room <= 0) return lookAgain;
  const { queued, position } = await walkOn(services, redelivery, Math.min(room, BATCH));
  return {
    $set: { dueAt: now(), ...(position ? { position } : { isWalked: true }) },
    $inc: { queued },
  };
}

/** How many of what it took up have not been tried yet; no more are counted than there may be. */
function untried(
  { database }: EngineServices,
  { _id }: RedeliveryDocument,
  filter: { reason?: null },
): Promise<number> {
  return database.deliveries.countDocuments(
    { 'redelivery.id': _id, state: { $in: ['pending', 'delivering'] }, trigger: 'bulk', ...filter },
    { limit: WAITING },
  );
}
