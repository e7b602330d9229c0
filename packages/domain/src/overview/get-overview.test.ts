import { type DeliveryDocument, dueByEndpointIndex, ObjectId } from '@interview-webhooks/database';
import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import { GetOverview, WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { disableEndpoint } from '../deliveries/disable-webhook.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { updateWebhookSettings } from '../settings/update-webhook-settings.ts';
import { countOutcomes } from './count-outcomes.ts';
import { getOverview } from './get-overview.ts';
import { COUNTED_UP_TO } from './waiting.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const overview = (context: Context, input = {}) => getOverview(context, GetOverview.parse(input));
const update = (context: Context, webhooks: object, updateAll = false) =>
  updateWebhookSettings(context, WebhookSettingsUpdate.parse({ webhooks, updateAll }));

it('a fresh workspace sees what comes next, and a chart without gaps', async () => {
  const context = world.newWorkspace();
  const fresh = await overview(context, { range: '7d' });
  expect(fresh).toMatchObject({
    bucket_hours: 6,
    total: { delivered: 0, success_rate: null },
    webhooks: { start: { p50_ms: null } },
    waiting: { next_attempt_at: null, delivering: { count: 0, more: false } },
    failing_endpoints: [],
    disabled_webhooks: [],
    checklist: { url_set: false, webhook_on: false, has_interviews: false, has_deliveries: false },
  });
  expect(fresh.points).toHaveLength(28);
  await update(context, { start: { status: false, url: 'https://example.com/a' } });
  await createInterview(context, { ai_interview_name: 'Backend' });
  expect((await overview(context)).checklist).toEqual({
    url_set: true,
    webhook_on: false,
    has_interviews: true,
    has_invitations: false,
    has_deliveries: false,
  });
});

it('what is counted belongs to its workspace and its hour, and can be taken back', async () => {
  const [context, other] = [world.newWorkspace(), world.newWorkspace()];
  const at = context.now();
  const ended = {
    workspaceId: new ObjectId(context.workspaceId),
    event: 'ai_interview.start',
    became: 'delivered',
    at,
    responseMs: 120,
    expiresAt: new Date(at.getTime() + 1_000),
  } as const;
  const yesterday = { ...ended, at: new Date(at.getTime() - 25 * 3_600_000), responseMs: null };
  await countOutcomes(context, [ended, ended, yesterday, { ...ended, became: 'failed' }]);
  expect((await overview(context)).total).toMatchObject({ delivered: 2, failed: 1, success_rate: 2 / 3 });
  const week = await overview(context, { range: '7d' });
  expect(week.webhooks.start).toMatchObject({ delivered: 3, answers: 3 });
  expect(week.webhooks.start.p95_ms).toBeGreaterThan(110);
  expect(week.webhooks.start.p95_ms).toBeLessThan(130);
  expect((await overview(other)).total.delivered).toBe(0);
  await countOutcomes(context, [ended], -1);
  expect((await overview(context)).webhooks.start).toMatchObject({ delivered: 1, answers: 2 });
});

describe('what waits', () => {
  const MINUTE_MS = 60_000;
  const waiting = (context: Context, dueInMs: number, more: Partial<DeliveryDocument> = {}) => {
    const at = context.now();
    const _id = new ObjectId();
    return {
      _id: `evt_${_id.toHexString()}_start`,
      workspaceId: new ObjectId(context.workspaceId),
      interviewId: _id,
      interviewName: 'Backend',
      responseId: _id,
      candidateName: 'Ada',
      candidateEmail: 'ada@example.com',
      event: 'ai_interview.start',
      body: '{}',
      state: 'pending',
      reason: null,
      trigger: 'retry',
      attempts: 1,
      failures: 1,
      dueAt: new Date(at.getTime() + dueInMs),
      endpoint: `${context.workspaceId} https://example.com`,
      lastStatus: 500,
      lastStatusClass: '5xx',
      lastError: 'http-status',
      createdAt: at,
      finishedAt: null,
      expiresAt: new Date('2027-01-01'),
      ...more,
    } satisfies DeliveryDocument;
  };

  it('is told apart by when it is due', async () => {
    const [context, other] = [world.newWorkspace(), world.newWorkspace()];
    const elsewhere = { endpoint: `${context.workspaceId} https://elsewhere.example` };
    await context.database.direct.deliveries.insertMany([
      waiting(context, 0),
      waiting(context, 5 * MINUTE_MS),
      waiting(context, 59 * MINUTE_MS, elsewhere),
      waiting(context, -MINUTE_MS, elsewhere),
      waiting(context, 48 * 60 * MINUTE_MS),
      waiting(context, MINUTE_MS, { state: 'delivering' }),
      waiting(other, -5 * MINUTE_MS),
    ]);
    const found = (await overview(context)).waiting;
    expect(found.by_due.map(({ within, count }) => [within, count])).toEqual([
      ['now', 2],
      ['5m', 1],
      ['1h', 1],
      ['6h', 0],
      ['24h', 0],
      ['later', 1],
    ]);
    expect(found.delivering).toEqual({ count: 1, more: false });
    expect(found.next_attempt_at).toBe(new Date(context.now().getTime() - MINUTE_MS).toISOString());
  });

  it('is counted in the index alone, and only as far as it is shown', async () => {
    const context = world.newWorkspace();
    const backlog = Array.from({ length: COUNTED_UP_TO + 500 }, () => waiting(context, MINUTE_MS));
    await context.database.direct.deliveries.insertMany(backlog);
    const sent = await commandsDuring(context.database, async () => {
      const { by_due } = (await overview(context)).waiting;
      expect(by_due[1]).toEqual({ within: '5m', count: COUNTED_UP_TO, more: true });
    });
    const counting = sent.filter((command) => nameOf(command) === 'aggregate deliveries');
    expect(counting).toHaveLength(8);
    for (const { command } of counting) {
      const { pipeline } = command;
      const plan = JSON.stringify(
        await context.database.direct.deliveries
          .aggregate(pipeline as object[], { hint: dueByEndpointIndex })
          .explain('executionStats'),
      );
      const examined = (what: string) =>
        [...plan.matchAll(new RegExp(`"${what}":(\\d+)`, 'g'))].map((match) => Number(match[1]));
      expect(examined('totalDocsExamined')).toEqual([0]);
      expect(Math.max(...examined('totalKeysExamined'))).toBeLessThanOrEqual(COUNTED_UP_TO + 2);
    }
  });
});

it.each([
  ['', 'as the version before named it, by its origin'],
  ['/hooks/start', 'by its URL'],
])('an endpoint that fails is named with its pause: https://example.com:8443%s, %s', async (path) => {
  const context = world.newWorkspace();
  const at = context.now();
  await context.database.endpoints.create({
    _id: `${context.workspaceId} https://example.com:8443${path}`,
    workspaceId: context.workspaceId,
    failures: 12,
    failingSince: at,
    openUntil: new Date(at.getTime() + 30_000),
    pauses: 2,
    version: 3,
    expiresAt: new Date('2027-01-01'),
  });
  expect((await overview(context)).failing_endpoints).toEqual([
    {
      url: `https://example.com:8443${path}`,
      origin: 'https://example.com:8443',
      failures: 12,
      failing_since: at.toISOString(),
      paused_until: new Date(at.getTime() + 30_000).toISOString(),
    },
  ]);
});

describe('a webhook that the system switched off', () => {
  const url = 'https://example.com/hook';
  const both = {
    start: { status: true, url },
    submission: { status: true, url: 'https://example.com/other?a=1' },
  };
  const disable = (context: Context, url: string) =>
    disableEndpoint(context, { workspaceId: context.workspaceId, url, reason: `${url} is gone` });
  const shown = async (context: Context) =>
    (await overview(context)).disabled_webhooks.map((entry) => [
      entry.webhook,
      entry.ai_interview_name,
      entry.reason,
      entry.revision,
    ]);

  it('is named with the reason and the revision, until somebody switches it on', async () => {
    const context = world.newWorkspace();
    await update(context, both);
    await createInterview(context, { ai_interview_name: 'Backend' });
    await disable(context, 'https://example.com/hook');
    await disable(context, 'https://example.com/other');
    expect(await shown(context)).toEqual([
      ['start', null, 'https://example.com/hook is gone', 2],
      ['start', 'Backend', 'https://example.com/hook is gone', 2],
      ['submission', null, 'https://example.com/other is gone', 3],
      ['submission', 'Backend', 'https://example.com/other is gone', 3],
    ]);
    await update(context, { start: { status: true } }, true);
    await update(context, { start: { status: false } });
    expect((await shown(context)).map(([webhook]) => webhook)).toEqual(['submission', 'submission']);
  });

  it('is none that a person switched off', async () => {
    const context = world.newWorkspace();
    await update(context, both);
    await update(context, { start: { status: false } });
    await disable(context, 'https://example.com/other');
    expect((await shown(context)).map(([webhook, name]) => [webhook, name])).toEqual([['submission', null]]);
  });
});
