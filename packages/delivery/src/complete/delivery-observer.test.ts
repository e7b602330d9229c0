import { recordStart } from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { configure, deliveryWorld, invitation } from '../testing/delivery-world.ts';
import type { DeliveryObserver } from './delivery-observer.ts';

const event = 'ai_interview.start';

function notes(): { seen: unknown[]; observer: DeliveryObserver } {
  const seen: unknown[] = [];
  const observer: DeliveryObserver = {
    attempted: ({ durationMs, ...attempt }) => seen.push({ ...attempt, wasSent: durationMs !== null }),
    ended: (_event, became) => seen.push(became),
    leasesLost: (count) => seen.push({ lost: count }),
  };
  return { seen, observer };
}

it('an observer is told of attempts, of their ends, and of what was never attempted', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver(500);
  const { seen, observer } = notes();
  const engine = world.engine({ observer, schedule: [1_000] });
  const context = await world.workspace(engine);
  const start = async () => {
    await recordStart(context, await invitation(context));
    await engine.runDue();
  };
  await start();
  await configure(context, { start: { status: true, url: target.url } }, true);
  await start();
  world.advance(2_000);
  await engine.runDue();
  expect(seen).toEqual([
    'cancelled',
    { event, error: 'http-status', wasSent: true },
    { event, error: null, wasSent: true },
    'delivered',
  ]);
});

it('an observer is told of a delivery that another worker has taken over', async () => {
  await using world = await deliveryWorld({ deadlineMs: 4_000 });
  await using target = await receiver('never');
  const { seen, observer } = notes();
  const engine = world.engine({ observer });
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  await recordStart(context, await invitation(context));
  await expect.poll(() => context.database.deliveries.countDocuments({ state: 'delivering' })).toBe(1);
  // As if this worker had stood still until its lease was over.
  await context.database.deliveries.updateMany(
    { state: 'delivering' },
    { $set: { lease: 'another worker' } },
  );
  await engine.stop();
  expect(seen).toContainEqual({ lost: 1 });
});
