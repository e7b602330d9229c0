import { recordStart, redeliver } from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { describe, expect, it } from 'vitest';
import { configure, deliveryOf, deliveryWorld, invitation } from '../testing/delivery-world.ts';

const on = (url: string) => ({ status: true, url });
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

describe('an endpoint that keeps failing', () => {
  it('is asked with one delivery at a time, by all workers together, until it works again', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 500;
    const [engine, other] = [world.engine(), world.engine()];
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url) });
    const invited = await Promise.all(Array.from({ length: 16 }, () => invitation(context)));
    for (const response of invited.slice(0, 10)) await recordStart(context, response);
    await engine.runDue();
    expect(target.received).toHaveLength(10);

    // Open: what is recorded now waits, and so does what was to be retried.
    for (const response of invited.slice(10)) await recordStart(context, response);
    await Promise.all([engine.runDue(), other.runDue()]);
    expect(target.received).toHaveLength(10);
    const waiting = await deliveryOf(context, invited[15]?.response_id ?? '', 'start');
    expect(waiting).toMatchObject({ state: 'pending', reason: 'endpoint-failing', attempts: 0 });

    world.advance(5 * SECOND);
    await Promise.all([engine.runDue(), other.runDue()]);
    expect(target.received).toHaveLength(11);

    target.answer = 200;
    world.advance(30 * SECOND);
    await Promise.all([other.runDue(), engine.runDue()]);
    await engine.runDue();
    expect(target.received.length).toBeGreaterThanOrEqual(11 + 6);
    expect(await context.database.endpoints.countDocuments()).toBe(0);
    const log = await deliveryOf(context, invited[15]?.response_id ?? '', 'start');
    expect(log).toMatchObject({ state: 'delivered', reason: null, attempts: 1 });
  });

  it('holds up no other endpoint of the workspace, nor who sends again by hand', async () => {
    await using world = await deliveryWorld();
    await using down = await receiver();
    await using fine = await receiver();
    down.answer = 503;
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(down.url), submission: on(fine.url) });
    const invited = await Promise.all(Array.from({ length: 10 }, () => invitation(context)));
    for (const response of invited) await recordStart(context, response);
    await engine.runDue();
    down.answer = 200;
    await redeliver(context, { delivery_id: `evt_${invited[0]?.response_id}_start` });
    await engine.runDue();
    expect(await deliveryOf(context, invited[0]?.response_id ?? '', 'start')).toMatchObject({
      state: 'delivered',
    });
    // And since that worked, it is open to all.
    expect(await context.database.endpoints.countDocuments()).toBe(0);
  });

  it('gets a fresh start when its settings are corrected', async () => {
    await using world = await deliveryWorld();
    await using down = await receiver();
    await using fine = await receiver();
    down.answer = 500;
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(down.url) });
    const invited = await Promise.all(Array.from({ length: 12 }, () => invitation(context)));
    for (const response of invited.slice(0, 10)) await recordStart(context, response);
    await engine.runDue();
    for (const response of invited.slice(10)) await recordStart(context, response);
    await engine.runDue();
    expect(down.received).toHaveLength(10);

    await configure(context, { start: on(fine.url) }, true);
    await engine.runDue();
    expect(fine.received).toHaveLength(2);
    world.advance(6 * SECOND);
    await engine.runDue();
    expect(fine.received).toHaveLength(12);
  });

  it('is known to fail when it does so right after its settings were changed', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 500;
    const engine = world.engine();
    const context = await world.workspace(engine);
    const response = await invitation(context);
    await configure(context, { start: on(`${target.url}/first`) });
    await engine.runDue();
    // What waits is looked over a moment later, when the failure is there already.
    await configure(context, { start: on(target.url) }, true);
    world.advance(SECOND);
    await recordStart(context, response);
    await engine.runDue();
    expect(await context.database.endpoints.countDocuments()).toBe(1);
  });

  it('is switched off by the system after five days of nothing but failures, with the reason', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 500;
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, {
      start: on(`${target.url}/start`),
      submission: on(`${target.url}/submission`),
    });
    const invited = await Promise.all(Array.from({ length: 12 }, () => invitation(context)));
    for (const response of invited.slice(0, 10)) await recordStart(context, response);
    await engine.runDue();
    const newest = () =>
      context.database.webhookSettings
        .findOne({ workspaceId: context.workspaceId })
        .sort({ revision: -1 })
        .lean()
        .orFail();

    world.advance(5 * DAY - SECOND);
    await recordStart(context, invited[10] ?? { response_id: '' });
    await engine.runDue();
    expect(await newest()).toMatchObject({ action: 'updated' });

    world.advance(6 * 60 * SECOND);
    await engine.runDue();
    const disabled = await newest();
    expect(disabled).toMatchObject({
      action: 'disabled',
      actor: { type: 'system' },
      settings: { start: { status: false }, submission: { status: true } },
    });
    expect(disabled.reason).toContain(`${target.url}/start`);
    // What still waited for it is held as cancelled, and says why.
    const states = await context.database.deliveries.distinct('state');
    expect(states.sort()).toEqual(['cancelled']);
    const count = target.received.length;
    world.advance(DAY);
    await engine.runDue();
    expect(target.received).toHaveLength(count);
  });

  it('is not switched off when anything was received in between', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url) });
    const invited = await Promise.all(Array.from({ length: 25 }, () => invitation(context)));
    const start = async (from: number, to: number) => {
      for (const response of invited.slice(from, to)) await recordStart(context, response);
      await engine.runDue();
    };
    target.answer = 500;
    await start(0, 10);
    target.answer = 200;
    world.advance(3 * DAY);
    await start(10, 11);
    target.answer = 500;
    await start(11, 24);
    world.advance(3 * DAY);
    await start(24, 25);
    expect(await context.database.webhookSettings.countDocuments({ action: 'disabled' })).toBe(0);
  });
});

it('what waits for a webhook is cancelled when somebody switches that off', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  target.answer = 500;
  const engine = world.engine();
  const context = await world.workspace(engine);
  await configure(context, { start: on(target.url), submission: on(target.url) });
  const { response_id } = await invitation(context);
  await recordStart(context, { response_id });
  await engine.runDue();
  await configure(context, { start: { status: false } }, true);
  await engine.runDue();
  expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
    state: 'cancelled',
    reason: 'webhook-off',
    attempts: 1,
  });
});
