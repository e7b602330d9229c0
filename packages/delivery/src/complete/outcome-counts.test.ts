import type { Database } from '@interview-webhooks/database';
import { commandsDuring, isJournaled, nameOf } from '@interview-webhooks/database/testing';
import {
  cancelDelivery,
  type Context,
  getOverview,
  recordStart,
  recordSubmission,
} from '@interview-webhooks/domain';
import { GetOverview, SubmitResponse } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { configure, deliveryWorld, invitation } from '../testing/delivery-world.ts';

const overview = (context: Context) => getOverview(context, GetOverview.parse({}));
const submit = async (context: Context) => {
  const { response_id } = await invitation(context);
  await recordSubmission(context, SubmitResponse.parse({ response_id }));
  return `evt_${response_id}_submission`;
};

it('the overview tells what became of deliveries, hour by hour, and how fast receivers answer', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver(500, 200, 410);
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { submission: { status: true, url: target.url } });

  // Each submission also records a start, whose webhook is off.
  await submit(context);
  await engine.runDue();
  world.advance(3_600_000);
  await engine.runDue();
  const first = await overview(context);
  expect(first.points.slice(-3)).toMatchObject([
    { delivered: 0, failed: 0, cancelled: 0, retried: 0 },
    { delivered: 0, failed: 0, cancelled: 1, retried: 1 },
    { delivered: 1, failed: 0, cancelled: 0, retried: 0 },
  ]);
  expect(first.webhooks.submission).toMatchObject({ delivered: 1, success_rate: 1, answers: 2 });
  expect(first.webhooks.submission.p50_ms).toBeGreaterThan(0);
  expect(first.webhooks.start).toMatchObject({ cancelled: 1, success_rate: null, answers: 0, p95_ms: null });

  await submit(context);
  await engine.runDue();
  const { total, disabled_webhooks } = await overview(context);
  expect(total).toEqual({ delivered: 1, failed: 1, cancelled: 2, retried: 1, success_rate: 0.5 });
  expect(disabled_webhooks.map(({ webhook, reason }) => [webhook, reason])).toEqual([
    ['submission', 'The receiver answered 410: it does not want this webhook any more.'],
    ['submission', 'The receiver answered 410: it does not want this webhook any more.'],
  ]);
  expect(disabled_webhooks.map(({ ai_interview_name }) => ai_interview_name)).toEqual([null, 'Backend']);
});

it('what is stopped, by request or by a change of settings, counts as cancelled', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  target.answer = 503;
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const ids = [];
  for (let made = 0; made < 3; made++) {
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    ids.push(`evt_${response_id}_start`);
  }
  await engine.runDue();
  const { waiting } = await overview(context);
  expect(waiting.by_due.find(({ within }) => within === '5m')).toEqual({
    within: '5m',
    count: 3,
    more: false,
  });
  expect(waiting.next_attempt_at).toBe(new Date(world.now().getTime() + 5_000).toISOString());

  await cancelDelivery(context, { delivery_id: ids[0] ?? '' });
  await configure(context, { start: { status: false } }, true);
  await engine.runDue();
  const after = await overview(context);
  expect(after.total).toMatchObject({ retried: 3, cancelled: 3, delivered: 0, failed: 0 });
  expect(after.waiting.next_attempt_at).toBeNull();
});

it('many deliveries of one moment are counted in one statement that waits for no disk', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const invited = await Promise.all(Array.from({ length: 30 }, () => invitation(context)));
  const writes = await statsWrites(context.database, async () => {
    await Promise.all(invited.map((ref) => recordStart(context, { response_id: ref.response_id })));
    await engine.runDue();
  });
  expect((await overview(context)).total.delivered).toBe(30);
  expect(writes.length).toBeLessThanOrEqual(3);
  expect(writes.every((journaled) => !journaled)).toBe(true);
});

/** Whether each statement on the statistics, while `work` goes on, waits for the journal. */
async function statsWrites(database: Database, work: () => Promise<void>): Promise<boolean[]> {
  const sent = await commandsDuring(database, work);
  return sent.filter((command) => nameOf(command) === 'update delivery_stats').map(isJournaled);
}
