import type { Changes } from '@interview-webhooks/database';
import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import { isLocalMode, receiver } from '@interview-webhooks/testing';
import { describe, expect, it } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.ts';
import { handTimers } from '../testing/hand-timers.ts';
import { atTheirPace, recording } from '../testing/other-processes.ts';

const silentChanges: Changes = {
  isOffered: () => true,
  watch: ({ onLive }) => {
    onLive();
    return () => Promise.resolve();
  },
};

describe.runIf(isLocalMode)('where the server reports nothing', () => {
  it('nothing is written for it, and the database is asked once a second, as ever', async () => {
    const timers = handTimers((ms) => {
      world.advance(ms);
    });
    await using world: DeliveryWorld = await deliveryWorld();
    await using target = await receiver();
    const { database } = world.services;
    const record = await recording(world, target);
    world.engine({ ...atTheirPace, timers }).start();
    await record();
    await expect.poll(() => database.deliveries.countDocuments()).toBe(1);
    await database.wake.idle();
    expect(await database.wakeUps.countDocuments()).toBe(0);
    await timers.advance(1_000);
    await expect.poll(() => target.received.length).toBe(1);
    const statements = (await commandsDuring(database, () => timers.advance(10_000))).map(nameOf);
    expect(statements.filter((statement) => statement === 'find responses')).toHaveLength(2 * 10);
  });
});

describe('a stream that brings nothing any more', () => {
  it.each([
    ['what somebody has left', 'pending', 0, 30_000],
    ['what a dead worker holds', 'delivering', 25_000, 30_000],
    ['a retry of another worker', 'pending', 300_000, 305_000],
  ] as const)('hides %s for a bounded time', async (_what, state, dueInMs, boundMs) => {
    const timers = handTimers((ms) => {
      world.advance(ms);
    });
    await using world: DeliveryWorld = await deliveryWorld();
    await using target = await receiver();
    const { database } = world.services;
    const record = await recording(world, target);
    const silent = { ...database, changes: silentChanges };
    world.engine({ ...atTheirPace, timers }, { database: silent }).start();
    await timers.advance(1_000);
    await record();
    await expect.poll(() => database.deliveries.countDocuments()).toBe(1);
    const dueAt = new Date(world.now().getTime() + dueInMs);
    await database.deliveries.updateMany({}, { $set: { state, lease: 'somebody', dueAt } });
    await timers.advance(Math.max(0, dueInMs - 1));
    expect(target.received).toHaveLength(0);
    await timers.advance(boundMs - Math.max(0, dueInMs - 1));
    await expect.poll(() => target.received.length).toBe(1);
  });
});
