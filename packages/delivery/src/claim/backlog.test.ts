import { type DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import { recordStart } from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { configure, deliveryWorld, invitation } from '../testing/delivery-world.ts';
import { createDueSearch } from './due-search.ts';
import { defaultOptions } from '../engine/engine-options.ts';

const limits = {
  ...defaultOptions.limits,
  perEndpoint: 2,
  held: 60,
  heldPerWorkspace: 40,
  heldPerEndpoint: 20,
};

it("one workspace's backlog is worked off without making another one's retry wait for it", async () => {
  await using world = await deliveryWorld();
  await using busy = await receiver();
  await using quiet = await receiver();
  const engine = world.engine({ limits });
  const [big, small] = [await world.workspace(engine), await world.workspace(engine)];
  await configure(big, { start: { status: true, url: busy.url } });
  await configure(small, { start: { status: true, url: quiet.url } });
  await recordStart(big, await invitation(big));
  await recordStart(small, await invitation(small));
  await engine.runDue();

  // The one is due after everything of the other.
  const { deliveries } = big.database.direct;
  const first = await big.database.deliveries.findOne({ workspaceId: big.workspaceId }).lean().orFail();
  const queued = { state: 'pending', trigger: 'retry', dueAt: world.now() } as const;
  await deliveries.insertMany(
    Array.from({ length: 500 }, (_, index): DeliveryDocument => ({
      ...first,
      _id: `evt_${index}`,
      ...queued,
    })),
  );
  world.advance(1_000);
  const other = await small.database.deliveries.findOne({ workspaceId: small.workspaceId }).lean().orFail();
  await deliveries.updateOne({ _id: other._id }, { $set: { ...queued, dueAt: world.now() } });

  busy.answer = 'never';
  engine.start();
  await quiet.until(() => quiet.received.length >= 2);
  expect(busy.received.length).toBeLessThanOrEqual(1 + limits.perEndpoint);
  busy.answer = 200;
  await engine.stop();

  const others = world.engine({ limits });
  world.advance(60_000);
  await others.runDue();
  expect(new Set(busy.received.map(({ headers }) => headers['webhook-id'])).size).toBe(501);
});

it('what is due is found in the index, past any backlog', async () => {
  await using world = await deliveryWorld();
  const { database } = await world.workspace(world.engine());
  const documents = Array.from({ length: 3_000 }, (_, index) => {
    const workspaceId = index < 2_990 ? 'a'.repeat(24) : 'b'.repeat(24);
    const endpoint = `${workspaceId} http://${index % 5}.example`;
    return { _id: `evt_${index}`, workspaceId: new ObjectId(workspaceId), endpoint, dueAt: world.now() };
  });
  await database.direct.deliveries.insertMany(documents as unknown as DeliveryDocument[]); // what a search reads
  const search = createDueSearch(database);
  const saturated = {
    workspaceIds: ['a'.repeat(24)],
    origins: [],
    endpoints: [`${'b'.repeat(24)} http://3.example`],
  };
  const found = [];
  for (let step = 1; step <= 3; step++) found.push(await search.next(world.now(), 100, saturated));
  expect(found.map((due) => due?.length)).toEqual([0, 8, undefined]);
  expect(await search.oldest(world.now(), 100)).toHaveLength(100);
});
