import { type Database, realTimers } from '@interview-webhooks/database';
import {
  type Context,
  createRedelivery,
  keepSentRequest,
  recordStart,
  redeliver,
} from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configure, type DeliveryWorld, deliveryWorld, invitation } from '../testing/delivery-world.ts';
import { createRetention } from './retention.ts';

const DAY_MS = 86_400_000;
const retentionMs = 2 * DAY_MS;
const log = { debug: () => undefined, info: () => undefined, error: () => undefined };

let world: DeliveryWorld;
beforeEach(async () => {
  world = await deliveryWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const sweep = (services = world.services) =>
  createRetention({ services, log, timers: realTimers }, () => false).sweep();
const idOf = (response_id: string) => `evt_${response_id}_start`;

/** A delivery that was received, and received again. */
async function delivered(target: { url: string }): Promise<{ context: Context; response_id: string }> {
  const engine = world.engine({ retentionMs });
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);
  await recordStart(context, { response_id });
  await engine.runDue();
  await redeliver(context, { delivery_id: idOf(response_id) });
  await engine.runDue();
  return { context, response_id };
}

const held = async ({ deliveries, attempts, deliveryStats }: Database) => [
  await deliveries.countDocuments(),
  await attempts.countDocuments(),
  await deliveryStats.countDocuments(),
];

describe('retention', () => {
  it('ends for a delivery, its attempts and its statistics, without any monitor of the database', async () => {
    await using target = await receiver();
    await delivered(target);
    const { database } = world.services;
    world.advance(retentionMs - 1);
    await sweep();
    expect(await held(database)).toEqual([1, 1, 2]);
    world.advance(1);
    await sweep();
    expect(await held(database)).toEqual([0, 0, 0]);
  });

  it('is looked after by a running engine', async () => {
    await using target = await receiver();
    await delivered(target);
    world.advance(retentionMs);
    world.engine({ retentionMs }).start();
    await expect.poll(() => held(world.services.database)).toEqual([0, 0, 0]);
  });

  it('never ends for what is due or being sent, and begins when that has ended', async () => {
    await using target = await receiver();
    const { context, response_id } = await delivered(target);
    const { deliveries } = context.database;
    const asleep = { ...context, events: { ...context.events, due: () => undefined } };
    world.advance(1_000);
    target.answer = 500;
    const engine = world.engine({ retentionMs, schedule: [3 * DAY_MS] });
    await createRedelivery(asleep, { state: 'delivered' });
    await engine.runDue();
    expect(await deliveries.findById(idOf(response_id)).lean()).toMatchObject({ state: 'pending' });
    world.advance(retentionMs + 1_000);
    await sweep();
    expect(await deliveries.findById(idOf(response_id)).lean()).toMatchObject({ state: 'pending' });
    // As it is while an attempt is being made.
    await deliveries.updateOne({ _id: idOf(response_id) }, { $set: { state: 'delivering' } });
    await sweep();
    await deliveries.updateOne({ _id: idOf(response_id) }, { $set: { state: 'pending' } });
    target.answer = 200;
    world.advance(DAY_MS);
    await engine.runDue();
    await sweep();
    expect(await deliveries.findById(idOf(response_id)).lean()).toMatchObject({
      state: 'delivered',
      expiresAt: new Date(world.now().getTime() + retentionMs),
    });
    world.advance(retentionMs);
    await sweep();
    expect(await deliveries.findById(idOf(response_id)).lean()).toBeNull();
  });

  it('is what the database goes by, too, where it has a monitor', async () => {
    const { collection } = world.services.database.deliveries;
    const ttl = (await collection.indexes()).filter((index) => index.expireAfterSeconds !== undefined);
    expect(ttl).toMatchObject([
      {
        key: { expiresAt: 1 },
        expireAfterSeconds: 0,
        // Of what has not ended, the time of the end is null.
        partialFilterExpression: { finishedAt: { $type: 'date' } },
      },
    ]);
  });

  it('of the version before, which ended for what was due as well, is replaced', async () => {
    const { database } = world.services;
    await database.deliveries.collection.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }, {});
    await database.connect();
    expect(await database.deliveries.collection.indexExists('expiresAt_1')).toBe(false);
  });

  it('is ten minutes for the whole requests that are kept for listeners', async () => {
    const { database, vault, now } = world.services;
    const { workspaceId } = await world.workspace(world.engine());
    const contents = {
      number: 1,
      trigger: 'event',
      url: 'https://example.com',
      headers: {},
      body: '{}',
    } as const;
    await keepSentRequest({ database, vault }, { workspaceId, sentAt: now(), contents });
    world.advance(10 * 60_000 - 1);
    await sweep();
    expect(await database.sentRequests.countDocuments()).toBe(1);
    world.advance(1);
    await sweep();
    expect(await database.sentRequests.countDocuments()).toBe(0);
  });

  it('is held in bounded steps, and by whoever comes next where one is cut short', async () => {
    await using target = await receiver();
    const { context, response_id } = await delivered(target);
    const { database } = context;
    const like = await database.direct.deliveries.findOne({ _id: idOf(response_id) });
    const copies = Array.from({ length: 1_200 }, (_, index) => ({ ...like, _id: `evt_${index}` }));
    await database.deliveries.insertMany(copies);
    world.advance(retentionMs);
    const expiring = database.expiring.filter(({ collection }) => collection === 'deliveries');
    const services = { ...world.services, database: { ...database, expiring } };
    let looks = 0;
    await createRetention({ services, log, timers: realTimers }, () => ++looks > 2).sweep();
    expect(await database.deliveries.countDocuments()).toBe(1_201 - 1_000);
    await sweep();
    expect(await database.deliveries.countDocuments()).toBe(0);
  });
});
