import { type ResponseDocument, ObjectId } from '@interview-webhooks/database';
import {
  type Context,
  type EventSink,
  recordStart,
  recordSubmission,
  unattendedEvents,
} from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { defaultOptions } from '../engine/engine-options.ts';
import { configure, deliveryOf, deliveryWorld, invitation } from '../testing/delivery-world.ts';
import { handTimers } from '../testing/hand-timers.ts';

const LEASE_MS = 4_000;
const oneAtATime = { ...defaultOptions.limits, perEndpoint: 1, perQuickEndpoint: 1 };

/** As a process that dies when it has recorded an event. */
function dying(events: EventSink): EventSink {
  return { ...events, begin: (...begun) => ({ ...events.begin(...begun), recorded: () => undefined }) };
}

async function outboxOf({ database }: Context, response_id: string) {
  const { outboxEntries = [] } = await database.responses.findById(response_id).orFail().lean();
  return outboxEntries.map(({ event }) => event);
}

it('is sent before it is stored, and stored with its first attempt', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  target.answer = 'never';
  // Nothing is stored because it takes long.
  const engine = world.engine({ timers: handTimers(() => undefined) });
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);
  await recordStart(context, { response_id });
  await target.until(() => target.received.length === 1);
  expect(engine.held()).toBe(1);
  await expect(deliveryOf(context, response_id, 'start')).rejects.toMatchObject({ code: 'not-found' });
  expect(await outboxOf(context, response_id)).toEqual(['ai_interview.start']);

  target.answer = 200;
  await engine.runDue();
  expect(engine.held()).toBe(0);
  expect(await outboxOf(context, response_id)).toEqual([]);
  const { log, ...delivery } = await deliveryOf(context, response_id, 'start');
  // It ran into its deadline, and is tried again.
  expect(delivery).toMatchObject({ state: 'pending', attempts: 1, last_error: 'timeout' });
  expect(log).toMatchObject([{ number: 1, trigger: 'event', error: { code: 'timeout' } }]);
  world.advance(60_000);
  await engine.runDue();
  const { log: both } = await deliveryOf(context, response_id, 'start');
  expect(both.map(({ number, status }) => [number, status])).toEqual([
    [1, null],
    [2, 200],
  ]);
});

it('a start and a submission in memory at once leave the outbox one by one', async () => {
  await using world = await deliveryWorld();
  await using quick = await receiver();
  await using slow = await receiver();
  slow.answer = 'never';
  const engine = world.engine({ timers: handTimers(() => undefined) });
  const context = await world.workspace(engine);
  const on = (url: string) => ({ status: true, url });
  await configure(context, { start: on(quick.url), submission: on(slow.url) });
  const { response_id } = await invitation(context);
  await recordSubmission(context, { response_id });
  await slow.until(() => slow.received.length === 1);
  await expect.poll(() => outboxOf(context, response_id)).toEqual(['ai_interview.submission']);
  expect(await deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivered' });
  await engine.runDue();
  expect(await outboxOf(context, response_id)).toEqual([]);
});

it('what two processes record at once is sent by one of them', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engines = [world.engine(), world.engine()];
  const context = await world.workspace(engines[0] as never);
  await configure(context, { start: { status: true, url: target.url } });
  for (let round = 1; round <= 20; round++) {
    const { response_id } = await invitation(context);
    await Promise.all(
      [...engines, ...engines].map(({ events }) => recordStart({ ...context, events }, { response_id })),
    );
    await Promise.all(engines.map((engine) => engine.runDue()));
    expect(target.received).toHaveLength(round);
  }
});

it('what a process has recorded is its own until its lease is over, and then everybody’s', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const [crashed, other] = [world.engine(), world.engine()];
  const context = await world.workspace(other);
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);
  await recordStart({ ...context, events: dying(crashed.events) }, { response_id });
  world.advance(LEASE_MS - 1);
  await other.runDue();
  expect(target.received).toHaveLength(0);
  world.advance(1);
  await Promise.all([other.runDue(), world.engine().runDue()]);
  expect(target.received).toHaveLength(1);
  expect(await outboxOf(context, response_id)).toEqual([]);
});

it('what is stored as a delivery and still in the outbox is not sent again', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);
  await recordStart(context, { response_id });
  const recorded = await context.database.responses.findById(response_id).orFail().lean();
  await engine.runDue();
  // As if the process had died between the two.
  const outboxEntries = recorded.outboxEntries ?? [];
  expect(outboxEntries).toHaveLength(1);
  await context.database.responses.updateOne({ _id: response_id }, { $set: { outboxEntries } });
  world.advance(LEASE_MS);
  await world.engine().runDue();
  expect(target.received).toHaveLength(1);
  expect(await outboxOf(context, response_id)).toEqual([]);
  expect(await deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivered', attempts: 1 });
});

it('what takes longer than about a second is stored meanwhile, leased like any other', async () => {
  await using world = await deliveryWorld({ deadlineMs: 20_000 });
  await using target = await receiver();
  target.answer = 'never';
  const timers = handTimers((ms) => {
    world.advance(ms);
  });
  const engine = world.engine({ timers });
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);
  await recordStart(context, { response_id });
  await target.until(() => target.received.length === 1);
  await timers.advance(1_000);
  await expect.poll(() => outboxOf(context, response_id)).toEqual([]);
  expect(await deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivering', attempts: 0 });
  expect(engine.held()).toBe(1);
  world.advance(LEASE_MS);
  await world.engine().runDue();
  expect(target.received).toHaveLength(1);
});

it('what has waited here until its lease is nearly over is left to the sweep', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  target.answer = 'never';
  const timers = handTimers(() => undefined);
  const engine = world.engine({ timers, limits: oneAtATime });
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  const ids = [await invitation(context), await invitation(context)].map(({ response_id }) => response_id);
  await recordStart(context, { response_id: ids[0] ?? '' });
  await target.until(() => target.received.length === 1);
  await recordStart(context, { response_id: ids[1] ?? '' });
  await expect.poll(() => engine.held()).toBe(2);
  world.advance(LEASE_MS - 2_000);
  target.answer = 200;
  await engine.runDue();
  expect(target.received).toHaveLength(1);
  expect(await outboxOf(context, ids[1] ?? '')).toEqual(['ai_interview.start']);
  world.advance(2_000);
  await engine.runDue();
  expect(target.received.map(({ headers }) => headers['webhook-id'])).toEqual(
    ids.map((id) => `evt_${id}_start`),
  );
});

it('what has waited here for a moment is sent by the settings of then, and stored', async () => {
  await using world = await deliveryWorld();
  await using before = await receiver('never');
  await using after = await receiver();
  const timers = handTimers(() => undefined);
  const engine = world.engine({ timers, limits: oneAtATime });
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: before.url } });
  const ids = [await invitation(context), await invitation(context)].map(({ response_id }) => response_id);
  await recordStart(context, { response_id: ids[0] ?? '' });
  await before.until(() => before.received.length === 1);
  await recordStart(context, { response_id: ids[1] ?? '' });
  await expect.poll(() => engine.held()).toBe(2);
  await configure(context, { start: { status: true, url: after.url } }, true);
  world.advance(1_500);
  await engine.runDue();
  expect(after.received.map(({ headers }) => headers['webhook-id'])).toEqual([`evt_${ids[1] ?? ''}_start`]);
  expect(await deliveryOf(context, ids[1] ?? '', 'start')).toMatchObject({ state: 'delivered', attempts: 1 });
  expect(await outboxOf(context, ids[1] ?? '')).toEqual([]);
});

it('a stop leaves what it has not sent to others at once', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  target.answer = 'never';
  const [stopping, other] = [world.engine({ limits: oneAtATime, stopGraceMs: 0 }), world.engine()];
  const context = await world.workspace(stopping);
  await configure(context, { start: { status: true, url: target.url } });
  const ids = [await invitation(context), await invitation(context)].map(({ response_id }) => response_id);
  for (const response_id of ids) await recordStart(context, { response_id });
  await target.until(() => target.received.length === 1);
  await expect.poll(() => stopping.held()).toBe(2);
  target.answer = 200;
  await stopping.stop();
  await other.runDue();
  // The first one was under way, and is sent again.
  expect(target.received).toHaveLength(3);
  for (const id of ids) expect(await deliveryOf(context, id, 'start')).toMatchObject({ state: 'delivered' });
});

it('what is recorded while a process stops is any worker’s at once', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const stopped = world.engine();
  const context = await world.workspace(stopped);
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);
  await stopped.stop();
  await recordStart(context, { response_id });
  await world.engine().runDue();
  expect(target.received).toHaveLength(1);
});

it('what a version without leases left in the outbox is swept', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const context = await world.workspace({ ...engine, events: unattendedEvents });
  await configure(context, { start: { status: true, url: target.url } });
  const { response_id } = await invitation(context);
  await recordSubmission(context, { response_id });
  const before: Partial<ResponseDocument> = { outbox: ['ai_interview.start', 'ai_interview.submission'] };
  await context.database.responses.updateOne(
    { _id: new ObjectId(response_id) },
    { $set: before, $unset: { outboxEntries: 1 } },
  );
  await engine.runDue();
  expect(target.received).toHaveLength(1);
  expect(await deliveryOf(context, response_id, 'submission')).toMatchObject({ state: 'cancelled' });
  const swept = await context.database.responses.findById(response_id).orFail().lean();
  expect(swept.outbox).toBeUndefined();
});
