import { ObjectId } from '@interview-webhooks/database';
import { testDatabase } from '@interview-webhooks/database/testing';
import {
  cancelDelivery,
  type EventSink,
  recordStart,
  recordSubmission,
  redeliver,
  unattendedEvents,
} from '@interview-webhooks/domain';
import { WebhookEvent } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from './engine-options.ts';
import { configure, deliveryOf, deliveryWorld, invitation } from '../testing/delivery-world.ts';
import { defaultSchedule } from '../attempt/retry-schedule.ts';

const HOUR = 3_600_000;

const on = (url: string) => ({ status: true, url });

describe('an event', () => {
  it('is delivered as configured, once for each thing that happened', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    const engine = world.engine();
    const context = await world.workspace(engine);
    const auth = { type: 'basic', basic: { username: 'ada', password: 'gehäim' } };
    await configure(context, {
      start: on(`${target.url}/start`),
      submission: on(`${target.url}/submission`),
      auth,
    });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await recordStart(context, { response_id });
    await engine.runDue();
    await recordSubmission(context, { response_id, score: 80 });
    await engine.runDue();

    expect(target.received.map(({ path }) => path)).toEqual(['/start', '/submission']);
    const [start, submission] = target.received.map(({ body }) => WebhookEvent.parse(JSON.parse(body)));
    expect(start).toMatchObject({
      event: 'ai_interview.start',
      invite_status: 'Started',
      response_id,
      test: false,
    });
    expect(submission).toMatchObject({
      event: 'ai_interview.submission',
      invite_status: 'Completed',
      score: 80,
    });
    expect(target.received[0]?.headers).toMatchObject({
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^interview-webhooks\/\d/) as string,
      authorization: `Basic ${Buffer.from('ada:gehäim').toString('base64')}`,
      'webhook-id': start?.event_id,
      'webhook-attempt': '1',
      'webhook-timestamp': String(Math.floor(context.now().getTime() / 1000)),
    });

    const delivery = await deliveryOf(context, response_id, 'start');
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 1, last_status: 200, last_error: null });
    expect(delivery.log).toMatchObject([
      { number: 1, trigger: 'event', settings_revision: 1, status: 200, error: null },
    ]);
    expect(JSON.stringify(delivery.log)).not.toContain(Buffer.from('ada:gehäim').toString('base64'));
    expect(world.logged).toEqual([]);
  });

  it('of a webhook that is off is kept as cancelled, and can be sent once it is on', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    const engine = world.engine();
    const context = await world.workspace(engine);
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
      state: 'cancelled',
      reason: 'webhook-off',
      attempts: 0,
    });
    await configure(context, { start: on(target.url) }, true);
    await redeliver(context, { delivery_id: `evt_${response_id}_start` });
    await engine.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
      state: 'delivered',
      reason: null,
    });
  });

  it('that is found in the outbox while its recorder tells of it is delivered once', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url) });
    const { response_id } = await invitation(context);
    const both: EventSink = {
      ...engine.events,
      begin: (...begun) => {
        const recording = engine.events.begin(...begun);
        return {
          ...recording,
          recorded: (response) => {
            recording.recorded(response);
            recording.recorded(response);
          },
        };
      },
    };
    await recordStart({ ...context, events: both }, { response_id });
    await engine.runDue();
    expect(target.received).toHaveLength(1);
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivered' });
  });

  it('that a crash left in the outbox is found by any engine', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    const crashed = await world.workspace({
      sender: world.services.sender,
      events: unattendedEvents,
    });
    await configure(crashed, { start: on(target.url) });
    const { response_id } = await invitation(crashed);
    await recordStart(crashed, { response_id });
    await Promise.all([world.engine().runDue(), world.engine().runDue()]);
    expect(target.received).toHaveLength(1);
    expect(await deliveryOf(crashed, response_id, 'start')).toMatchObject({ state: 'delivered' });
    expect(await crashed.database.responses.exists({ 'outboxEntries.until': { $exists: true } })).toBeNull();
  });
});

describe('a receiver that fails', () => {
  it('is tried along the whole schedule with the same id and bytes, and then given up', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 500;
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url) });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();
    for (const delayMs of defaultSchedule) {
      const { state, next_attempt_at } = await deliveryOf(context, response_id, 'start');
      expect({ state, next_attempt_at }).toEqual({
        state: 'pending',
        next_attempt_at: new Date(context.now().getTime() + delayMs).toISOString(),
      });
      world.advance(delayMs - 1);
      const before = target.received.length;
      await engine.runDue();
      expect(target.received).toHaveLength(before);
      world.advance(1);
      await engine.runDue();
      expect(target.received).toHaveLength(before + 1);
    }
    const { state, reason, log } = await deliveryOf(context, response_id, 'start');
    expect({ state, reason }).toEqual({ state: 'failed', reason: 'retries-used-up' });
    expect(log.map(({ number, trigger }) => `${number} ${trigger}`)).toEqual([
      '1 event',
      ...Array.from({ length: 7 }, (_, index) => `${index + 2} retry`),
    ]);
    expect(
      new Set(target.received.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`)).size,
    ).toBe(1);
    expect(target.received.map(({ headers }) => headers['webhook-attempt'])).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ]);
  });

  it('is sent what is queued by the settings of the time: a corrected URL repairs it', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on('http://127.0.0.1:1/') });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
      state: 'pending',
      last_error: 'connection-refused',
    });
    await configure(context, { start: on(target.url) }, true);
    world.advance(5_000);
    await engine.runDue();
    const { state, log } = await deliveryOf(context, response_id, 'start');
    expect(state).toBe('delivered');
    expect(log.map(({ settings_revision }) => settings_revision)).toEqual([1, 2]);
  });

  it.each([[429], [503]])('and asks with %i for time is given it', async (status) => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = { status, headers: { 'retry-after': '7200' } };
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url) });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();
    const { next_attempt_at } = await deliveryOf(context, response_id, 'start');
    expect(next_attempt_at).toBe(new Date(context.now().getTime() + 2 * HOUR).toISOString());
  });

  it('and answers 410 has its webhook switched off at once, with the reason', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 410;
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url) });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
      state: 'failed',
      reason: 'receiver-gone',
    });
    const newest = await context.database.webhookSettings
      .findOne({ workspaceId: context.workspaceId })
      .sort({ revision: -1 })
      .lean();
    expect(newest).toMatchObject({
      action: 'disabled',
      actor: { type: 'system' },
      settings: { start: { status: false, url: target.url } },
    });
    expect(newest?.reason).toContain('410');
    await redeliver(context, { delivery_id: `evt_${response_id}_start` });
    await engine.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
      state: 'cancelled',
      reason: 'webhook-off',
    });
    expect(target.received).toHaveLength(1);
  });

  it('cannot be blamed for a secret that does not open: that is logged, and tried again like the rest', async () => {
    // What is put into the database by hand holds at once.
    await using world = await deliveryWorld({ on: await testDatabase({ kept: { keptMs: 0 } }) });
    await using target = await receiver();
    const engine = world.engine();
    const context = await world.workspace(engine);
    const auth = { type: 'basic', basic: { username: 'u', password: 'p' } };
    await configure(context, { start: on(target.url), auth });
    await context.database.webhookSettings.updateOne(
      {},
      { $set: { 'settings.auth.password': 'v1.gone.AAAA' } },
    );
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
      state: 'pending',
      attempts: 0,
      last_error: 'internal-error',
    });
    expect(world.logged.join()).toContain('SECRET_KEYS has no key "gone"');
    await configure(context, { auth }, true);
    world.advance(5_000);
    await engine.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({
      state: 'delivered',
      attempts: 1,
    });
  });

  it('can be left alone: a queued delivery is cancelled, and is not sent any more', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 500;
    const engine = world.engine();
    const context = await world.workspace(engine);
    await configure(context, { start: on(target.url) });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await engine.runDue();
    const ref = { delivery_id: `evt_${response_id}_start` };
    expect(await cancelDelivery(context, ref)).toMatchObject({ state: 'cancelled', reason: 'by-request' });
    expect(await cancelDelivery(context, ref)).toMatchObject({ state: 'cancelled' });
    world.advance(24 * HOUR);
    await engine.runDue();
    expect(target.received).toHaveLength(1);
    await expect(cancelDelivery(context, { delivery_id: 'nope' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('several engines', () => {
  it('share what is due and send each once', async () => {
    await using world = await deliveryWorld({ deadlineMs: 30_000 });
    await using target = await receiver();
    const idle = await world.workspace({
      sender: world.services.sender,
      events: unattendedEvents,
    });
    await configure(idle, { start: on(target.url) });
    const { response_id, ai_interview_id } = await invitation(idle);
    const first = await idle.database.responses.findById(response_id).lean().orFail();
    await idle.database.responses.insertMany(
      Array.from({ length: 300 }, () => ({
        ...first,
        _id: new ObjectId(),
        status: 'Started',
        startedAt: idle.now(),
        outbox: ['ai_interview.start'],
      })),
    );
    expect(ai_interview_id).toBe(first.interviewId.toHexString());
    await Promise.all([world.engine(), world.engine(), world.engine()].map((engine) => engine.runDue()));
    expect(new Set(target.received.map(({ headers }) => headers['webhook-id'])).size).toBe(300);
    expect(target.received).toHaveLength(300);
  });

  it('take over what a dead one held, when its lease has ended', async () => {
    await using world = await deliveryWorld({ deadlineMs: 10_000 });
    await using target = await receiver();
    target.answer = 'never';
    const dead = world.engine({ leaseMs: 60_000 });
    const context = await world.workspace(dead);
    await configure(context, { start: on(target.url) });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await expect.poll(() => deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivering' });

    target.answer = 200;
    const other = world.engine();
    await other.runDue();
    expect(target.received).toHaveLength(1);
    world.advance(60_000);
    await other.runDue();
    expect(target.received).toHaveLength(2);
    // The first one ends late, and has no say any more.
    await dead.runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivered' });
  });

  it('do not send what waited with them for longer than their lease: another has done that', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 'never';
    const stalled = world.engine({ limits: { ...defaultOptions.limits, perEndpoint: 1 } });
    const context = await world.workspace(stalled);
    await configure(context, { start: on(target.url) });
    const invited = [await invitation(context), await invitation(context)];
    await Promise.all(invited.map(({ response_id }) => recordStart(context, { response_id })));
    await target.until(() => target.received.length > 0);
    await expect.poll(() => stalled.held()).toBe(2);

    target.answer = 200;
    world.advance(defaultOptions.leaseMs);
    await world.engine().runDue();
    expect(target.received).toHaveLength(3);
    await stalled.runDue();
    expect(target.received).toHaveLength(3);
    expect(world.logged).toEqual([]);
  });

  it('leave what is held up to others when they stop', async () => {
    await using world = await deliveryWorld();
    await using target = await receiver();
    target.answer = 'never';
    const stopping = world.engine({ stopGraceMs: 20 });
    const context = await world.workspace(stopping);
    await configure(context, { start: on(target.url) });
    const { response_id } = await invitation(context);
    await recordStart(context, { response_id });
    await target.until(() => target.received.length > 0);
    await stopping.stop();
    target.answer = 200;
    await world.engine().runDue();
    expect(await deliveryOf(context, response_id, 'start')).toMatchObject({ state: 'delivered' });
  });

  it('give no endpoint more than its share', async () => {
    // No hanging attempt ends, and makes room for another one, before all else has arrived.
    await using world = await deliveryWorld({ deadlineMs: 60_000 });
    await using hung = await receiver();
    await using fine = await receiver();
    hung.answer = 'never';
    const limits = { ...defaultOptions.limits, active: 8, perEndpoint: 2 };
    const engine = world.engine({ limits, stopGraceMs: 0 });
    const slow = await world.workspace(engine);
    const quick = await world.workspace(engine);
    await configure(slow, { start: on(hung.url) });
    await configure(quick, { start: on(fine.url) });
    for (let count = 0; count < 10; count++) await recordStart(slow, await invitation(slow));
    for (let count = 0; count < 10; count++) await recordStart(quick, await invitation(quick));
    await fine.until(() => fine.received.length >= 10);
    expect(hung.received.length).toBeLessThanOrEqual(2);
  });
});
