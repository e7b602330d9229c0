import { createServerClock } from '@interview-webhooks/database';
import { recordStart } from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { configure, deliveryOf, deliveryWorld, invitation } from '../testing/delivery-world.ts';

it('workers whose clocks are a minute off agree on when a lease ends and when a retry is due', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const serverMs = () => world.now().getTime();
  const workerOff = async (offMs: number) => {
    const clock = createServerClock(
      () => Promise.resolve(serverMs()),
      () => serverMs() + offMs,
    );
    await clock.start();
    clock.stop();
    return world.engine({}, { now: () => clock.now() });
  };
  const [slow, fast] = [await workerOff(-60_000), await workerOff(60_000)];
  const context = await world.workspace(slow);
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);

  // The slow one holds it; to the fast one its lease must not seem to have ended a minute ago.
  target.answer = 'never';
  await recordStart(context, { response_id });
  await target.until(() => target.received.length > 0);
  await fast.runDue();
  expect(target.received).toHaveLength(1);

  // It fails in the end; neither makes the retry before its time.
  await slow.runDue();
  target.answer = 200;
  world.advance(4_900);
  await Promise.all([slow.runDue(), fast.runDue()]);
  expect(target.received).toHaveLength(1);
  world.advance(200);
  await Promise.all([slow.runDue(), fast.runDue()]);
  expect(target.received).toHaveLength(2);
  expect(await deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivered', attempts: 2 });
});
