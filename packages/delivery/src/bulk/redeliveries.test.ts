import {
  cancelRedelivery,
  countDeliveries,
  createRedelivery,
  getRedelivery,
  walkOn,
} from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { describe, expect, it } from 'vitest';
import { afterAnOutage, started } from '../testing/after-an-outage.ts';
import { configure, deliveryOf, deliveryWorld } from '../testing/delivery-world.ts';

const on = (url: string) => ({ status: true, url });
const LOOK_AGAIN_MS = 1_000;
const HOUR_MS = 3_600_000;
const noRetries = { schedule: [] };

describe('redelivering many', () => {
  it('sends what matches again, oldest first, and tells how far it has come', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using outage = await afterAnOutage({ world, engine }, 5);
    const { context, ids, arrived } = outage;
    const [, , , , newest] = ids;
    const to = (await deliveryOf(context, newest ?? '', 'start')).created_at;

    const filter = { state: 'failed', to } as const;
    expect(await countDeliveries(context, filter)).toEqual({ count: 4 });
    world.advance(60_000);
    const { redelivery_id, ...created } = await createRedelivery(context, filter);
    expect(created).toMatchObject({ state: 'running', filter, total: 4, queued: 0 });
    await engine.runDue();
    expect(arrived().sort()).toEqual(ids.slice(0, 4).map((id) => `evt_${id}_start`));
    world.advance(LOOK_AGAIN_MS);
    await engine.runDue();
    expect(await getRedelivery(context, { redelivery_id })).toMatchObject({
      state: 'completed',
      queued: 4,
      waiting: 0,
      delivered: 4,
      finished_at: context.now().toISOString(),
    });
    expect(arrived()).toEqual([]);
    const { log } = await deliveryOf(context, ids[0] ?? '', 'start');
    expect(log.map(({ trigger, status }) => [trigger, status])).toEqual([
      ['event', 500],
      ['bulk', 200],
    ]);
    expect(await deliveryOf(context, newest ?? '', 'start')).toMatchObject({ state: 'failed' });
    await expect(cancelRedelivery(context, { redelivery_id })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('that is cancelled makes what was not tried yet what it was before', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using outage = await afterAnOutage({ world, engine }, 12);
    const { context, ids, arrived } = outage;
    const before = await deliveryOf(context, ids[0] ?? '', 'start');
    // Twelve failures have opened its breaker: nothing is sent yet.
    const { redelivery_id } = await createRedelivery(context, { state: 'failed' });
    await engine.runDue();
    const { waiting } = await getRedelivery(context, { redelivery_id });
    expect([waiting, arrived()]).toEqual([12, []]);
    expect(await cancelRedelivery(context, { redelivery_id })).toMatchObject({
      state: 'cancelled',
      waiting: 0,
    });
    expect(await cancelRedelivery(context, { redelivery_id })).toMatchObject({ state: 'cancelled' });
    world.advance(HOUR_MS);
    await engine.runDue();
    expect(arrived()).toEqual([]);
    expect(await deliveryOf(context, ids[0] ?? '', 'start')).toEqual(before);
    expect(await context.database.redeliveries.exists({ dueAt: { $exists: true } })).toBeNull();
  });

  it('goes on at another worker when one dies in the middle, and takes up nothing twice', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using outage = await afterAnOutage({ world, engine }, 3);
    const { context, ids, arrived } = outage;
    const asleep = { ...context, events: { ...context.events, due: () => undefined } };
    const { redelivery_id } = await createRedelivery(asleep, { state: 'failed' });
    // As a worker leaves it that has taken up the first one and dies before it says so.
    const leaseEnd = new Date(world.now().getTime() + 30_000);
    await context.database.redeliveries.updateOne({ _id: redelivery_id }, { $set: { dueAt: leaseEnd } });
    const redelivery = await context.database.redeliveries.findById(redelivery_id).lean().orFail();
    expect((await walkOn(context, redelivery, 1)).queued).toBe(1);
    await engine.runDue();
    expect(arrived()).toEqual([`evt_${ids[0]}_start`]);
    world.advance(30_000);
    await world.engine(noRetries).runDue();
    expect(arrived()).toEqual([`evt_${ids[1]}_start`, `evt_${ids[2]}_start`]);
  });

  it('takes up a bounded number at a time, and all of them in the end', async () => {
    await using world = await deliveryWorld();
    const engine = world.engine(noRetries);
    await using target = await receiver();
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url), submission: on(target.url) });
    const [response_id = ''] = await started({ world, engine }, context, 1);
    await engine.runDue();
    const first = await context.database.deliveries.findById(`evt_${response_id}_start`).lean().orFail();
    const copies = Array.from({ length: 6_000 }, (_, index) => ({
      ...first,
      _id: `evt_${index}`,
      event: index < 3_500 ? 'ai_interview.start' : 'ai_interview.submission',
      createdAt: new Date(first.createdAt.getTime() + index),
    }));
    await context.database.deliveries.insertMany(copies);
    world.advance(60_000);
    target.received.splice(0);
    const { redelivery_id, total } = await createRedelivery(context, { event: 'ai_interview.submission' });
    expect(total).toBe(2_500);
    const queued: number[] = [];
    for (let round = 0; round < 3; round++) {
      await engine.runDue();
      queued.push((await getRedelivery(context, { redelivery_id })).queued);
      world.advance(LOOK_AGAIN_MS);
    }
    expect(queued).toEqual([2_000, 2_500, 2_500]);
    const done = { state: 'completed', delivered: 2_500 };
    expect(await getRedelivery(context, { redelivery_id })).toMatchObject(done);
    expect(target.received).toHaveLength(2_500);
  }, 60_000);
});
