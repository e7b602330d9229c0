import { type Database, ObjectId } from '@interview-webhooks/database';
import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import {
  cancelDelivery,
  type Context,
  createRedelivery,
  getRedelivery,
  listRedeliveries,
  redeliver,
} from '@interview-webhooks/domain';
import { PageRequest } from '@interview-webhooks/schema';
import { describe, expect, it } from 'vitest';
import { afterAnOutage } from '../testing/after-an-outage.ts';
import { configure, type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.ts';

const noRetries = { schedule: [] };
const MINUTE_MS = 60_000;

/** As it is for a worker that dies right after it has recorded what became of its deliveries. */
function diesBeforeItCounts(database: Database): Database {
  const bulkWrite = () => Promise.reject(new Error('this worker is dead'));
  const redeliveries = { bulkWrite } as unknown as Database['direct']['redeliveries']; // all that is used of it
  return { ...database, direct: { ...database.direct, redeliveries } };
}

const idOf = (response_id: string | undefined) => ({ delivery_id: `evt_${response_id}_start` });
const only = (context: Context, redelivery_id: string) => getRedelivery(context, { redelivery_id });

/** What {@link afterAnOutage} leaves, taken up again. */
async function afterARedelivery(running: Parameters<typeof afterAnOutage>[0], count: number) {
  const outage = await afterAnOutage(running, count);
  const { redelivery_id } = await createRedelivery(outage.context, { state: 'failed' });
  await running.engine.runDue();
  return { ...outage, redelivery_id };
}

/** Until every redelivery that has come to rest has its final counters. */
async function settled(world: DeliveryWorld, engine: { runDue(): Promise<void> }): Promise<void> {
  for (let looks = 1; looks <= 2; looks++) {
    world.advance(MINUTE_MS);
    await engine.runDue();
  }
}

describe('the counters of a redelivery', () => {
  it('are read without a look at any delivery', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using redelivery = await afterARedelivery({ world, engine }, 3);
    const { context, redelivery_id } = redelivery;
    const sent = await commandsDuring(context.database, async () => {
      expect(await only(context, redelivery_id)).toMatchObject({ queued: 3, delivered: 3, waiting: 0 });
      await listRedeliveries(context, PageRequest.parse({}));
    });
    expect(sent.map(nameOf)).toEqual(['find redeliveries', 'find redeliveries']);
  });

  it('follow retries to their end, also when the redelivery is completed', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine({ schedule: [MINUTE_MS] });
    await using outage = await afterAnOutage({ world, engine }, 3);
    const { context, target } = outage;
    target.answer = 500;
    const { redelivery_id } = await createRedelivery(context, { state: 'failed' });
    await engine.runDue();
    expect(await only(context, redelivery_id)).toMatchObject({ waiting: 3, delivered: 0, failed: 0 });
    target.answer = 200;
    await settled(world, engine);
    expect(await only(context, redelivery_id)).toMatchObject({
      state: 'completed',
      queued: 3,
      waiting: 0,
      delivered: 3,
      failed: 0,
    });
  });

  it('are made right when a worker has died before it counted', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using outage = await afterAnOutage({ world, engine }, 4);
    const { context } = outage;
    const asleep = { ...context, events: { ...context.events, due: () => undefined } };
    const { redelivery_id } = await createRedelivery(asleep, { state: 'failed' });
    await engine.stop();
    const dying = world.engine(noRetries, { database: diesBeforeItCounts(context.database) });
    await dying.runDue();
    expect(await only(context, redelivery_id)).toMatchObject({ queued: 4, waiting: 4, delivered: 0 });
    await dying.stop();
    await settled(world, world.engine(noRetries));
    expect(await only(context, redelivery_id)).toMatchObject({ queued: 4, waiting: 0, delivered: 4 });
  });

  it('are right when it died after taking deliveries up and before it said so', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using redelivery = await afterARedelivery({ world, engine }, 4);
    const { context, redelivery_id } = redelivery;
    // As that leaves it: two are in nobody's count.
    const lost = { queued: 2, 'counts.delivered': 2 };
    await context.database.redeliveries.updateOne({ _id: redelivery_id }, { $set: lost });
    await settled(world, engine);
    expect(await only(context, redelivery_id)).toMatchObject({ queued: 4, waiting: 0, delivered: 4 });
  });

  it('of two redeliveries count each delivery where it belongs', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    // So many failures open the breaker: what is taken up waits.
    await using outage = await afterAnOutage({ world, engine }, 12);
    const { context } = outage;
    const first = await createRedelivery(context, { state: 'failed' });
    await engine.runDue();
    expect(await only(context, first.redelivery_id)).toMatchObject({ queued: 12, waiting: 12 });
    world.advance(1_000);
    const second = await createRedelivery(context, { state: 'pending' });
    await engine.runDue();
    expect(await only(context, first.redelivery_id)).toMatchObject({ queued: 12, waiting: 0, delivered: 0 });
    await settled(world, engine);
    await settled(world, engine);
    expect(await only(context, second.redelivery_id)).toMatchObject({
      queued: 12,
      waiting: 0,
      delivered: 12,
    });
    // What both have sent counts with the one that sent it.
    const third = await createRedelivery(context, { state: 'delivered' });
    await settled(world, engine);
    expect(await only(context, third.redelivery_id)).toMatchObject({ queued: 12, delivered: 12 });
    expect(await only(context, second.redelivery_id)).toMatchObject({ queued: 12, delivered: 12 });
  });

  it('count what somebody sends or stops by hand once', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using redelivery = await afterARedelivery({ world, engine }, 12);
    const { context, ids, redelivery_id } = redelivery;
    await cancelDelivery(context, idOf(ids[0]));
    await redeliver(context, idOf(ids[1]));
    await engine.runDue();
    // The receiver has it, so the endpoint works again, and the others go.
    await engine.runDue();
    expect(await only(context, redelivery_id)).toMatchObject({ delivered: 11, cancelled: 1, waiting: 0 });
    await redeliver(context, idOf(ids[1]));
    await redeliver(context, idOf(ids[0]));
    await settled(world, engine);
    const done = { queued: 12, delivered: 11, cancelled: 1, failed: 0, waiting: 0 };
    expect(await only(context, redelivery_id)).toMatchObject(done);
  });

  it('count what a change of settings cancels', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using redelivery = await afterARedelivery({ world, engine }, 12);
    const { context, redelivery_id } = redelivery;
    await configure(context, { start: { status: false } }, true);
    await engine.runDue();
    expect(await only(context, redelivery_id)).toMatchObject({ queued: 12, cancelled: 12, waiting: 0 });
  });

  it('stay when the retention of its deliveries is over', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using redelivery = await afterARedelivery({ world, engine }, 3);
    const { context, redelivery_id } = redelivery;
    await context.database.deliveries.deleteMany({});
    await settled(world, engine);
    expect(await only(context, redelivery_id)).toMatchObject({ queued: 3, delivered: 3, waiting: 0 });
  });

  it('are counted once for those that a version without them has stored', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using redelivery = await afterARedelivery({ world, engine }, 3);
    const { context, redelivery_id } = redelivery;
    world.advance(1_000);
    await engine.runDue();
    // What that version leaves of a redelivery.
    const { counts, isSettled, settleAt, ...stored } = await context.database.redeliveries
      .findById(redelivery_id)
      .lean()
      .orFail();
    expect([counts, isSettled, settleAt]).toEqual([{ delivered: 3 }, false, expect.any(Date)]);
    await context.database.direct.redeliveries.replaceOne({ _id: new ObjectId(redelivery_id) }, stored);
    expect(await only(context, redelivery_id)).toMatchObject({ queued: 3, delivered: 0, waiting: 3 });
    await world.engine(noRetries).runDue();
    expect(await only(context, redelivery_id)).toMatchObject({ queued: 3, delivered: 3, waiting: 0 });
  });
});
