import { WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { getWebhookSettings } from './get-webhook-settings.ts';
import { listSettingsHistory } from './list-settings-history.ts';
import { restoreWebhookSettings } from './restore-webhook-settings.ts';
import { updateWebhookSettings, webhookSettingsFaults } from './update-webhook-settings.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const update = (context: Context, body: unknown) =>
  updateWebhookSettings(context, WebhookSettingsUpdate.parse(body));
const history = (context: Context, page = {}) => listSettingsHistory(context, { limit: 100, ...page });
const start = (url: string) => ({ webhooks: { start: { status: true, url } } });

describe('updating', () => {
  it('appends a revision for each change, and none where nothing changes', async () => {
    const context = world.newWorkspace();
    await update(context, start('https://example.com/1'));
    await update(context, start('https://example.com/1'));
    await update(context, await getWebhookSettings(context));
    await update(context, start('https://example.com/2'));
    const { data } = await history(context);
    expect(data.map((entry) => [entry.revision, entry.webhooks.start.url])).toEqual([
      [2, 'https://example.com/2'],
      [1, 'https://example.com/1'],
    ]);
  });

  it('shows a URL as it is sent, also one that was stored as given, and posting it back changes nothing', async () => {
    const context = world.newWorkspace();
    const given = "https://example.com:443/a/%2e%2e/b?q='";
    const sent = 'https://example.com/b?q=%27';
    expect((await update(context, start(given))).webhooks.start.url).toBe(sent);
    const ofWorkspace = { workspaceId: context.workspaceId };
    const stored = await context.database.webhookSettings.findOne(ofWorkspace).lean().orFail();
    expect(stored.settings.start.url).toBe(sent);
    await context.database.webhookSettings.updateOne(ofWorkspace, { 'settings.start.url': given });
    expect((await getWebhookSettings(context)).webhooks.start.url).toBe(sent);
    await update(context, await getWebhookSettings(context));
    expect((await history(context)).data).toHaveLength(1);
  });

  it('stores nothing of a refused update', async () => {
    const context = world.newWorkspace();
    const body = { webhooks: { start: { status: true, url: 'https://10.0.0.1/' }, auth: { type: 'basic' } } };
    await expect(update(context, body)).rejects.toMatchObject({
      code: 'invalid-input',
      faults: [
        { path: 'webhooks.start.url' },
        { path: 'webhooks.auth.basic.username' },
        { path: 'webhooks.auth.basic.password' },
      ],
    });
    expect((await history(context)).data).toEqual([]);
    expect(await webhookSettingsFaults(context, WebhookSettingsUpdate.parse(body))).toHaveLength(3);
  });

  it('seals secrets for their place', async () => {
    const context = world.newWorkspace();
    await update(context, {
      webhooks: { auth: { type: 'basic', basic: { username: 'u', password: 'open sesame' } } },
    });
    const stored = await context.database.webhookSettings
      .findOne({ workspaceId: context.workspaceId })
      .lean();
    const auth = stored?.settings.auth;
    if (auth?.type !== 'basic') throw new Error('basic auth is stored');
    expect(auth.password).not.toContain('sesame');
    const { workspaceId } = context;
    expect(context.vault.open({ workspaceId, field: 'auth.password' }, auth.password)).toBe('open sesame');
  });

  it('says which parts were applied to all', async () => {
    const context = world.newWorkspace();
    await update(context, { ...start('https://example.com/1'), updateAll: true });
    await update(context, { webhooks: { submission: { url: 'https://example.com/s' } } });
    await update(context, { webhooks: { submission: {}, auth: null }, updateAll: true });
    expect((await history(context)).data.map((entry) => entry.updated_all)).toEqual([
      ['submission', 'auth'],
      [],
      ['start'],
    ]);
  });
});

describe('fifty updates at once', () => {
  /** Each sets one field to a value of its own; together they set all. */
  const updates = Array.from({ length: 50 }, (_, index) => {
    const fields = [
      { start: { url: `https://example.com/start/${index}` } },
      { submission: { url: `https://example.com/submission/${index}` } },
      { auth: { basic: { username: `user-${index}` } } },
      { auth: { basic: { password: `password-${index}` } } },
    ];
    return { webhooks: fields[index % fields.length] };
  });

  it('of different fields all take effect, from one process or several', async () => {
    const context = world.newWorkspace();
    await update(context, { webhooks: { auth: { type: 'basic', basic: { username: 'u', password: 'p' } } } });
    await Promise.all(updates.map((body) => update(context, body)));
    const { data } = await history(context);
    expect(data.map((entry) => entry.revision)).toEqual(Array.from({ length: 51 }, (_, index) => 51 - index));
    // Replayed one by one in the order of the log, each must be visible in its own revision and changed once.
    const seen = new Set(
      data.flatMap(({ webhooks: { start: s, submission, auth } }) => [
        s.url,
        submission.url,
        auth.basic.username,
      ]),
    );
    for (const index of updates.keys()) {
      const kind = index % 4;
      if (kind === 0) expect(seen).toContain(`https://example.com/start/${index}`);
      if (kind === 1) expect(seen).toContain(`https://example.com/submission/${index}`);
      if (kind === 2) expect(seen).toContain(`user-${index}`);
    }
  });
});

describe('history', () => {
  it('pages newest first, and says who did it and when', async () => {
    const context = world.newWorkspace();
    for (const index of [1, 2, 3]) await update(context, start(`https://example.com/${index}`));
    const first = await history(context, { limit: 2 });
    const second = await history(context, { limit: 2, cursor: first.next_cursor });
    expect(first.data.map((entry) => entry.revision)).toEqual([3, 2]);
    expect(second).toMatchObject({ data: [{ revision: 1 }], next_cursor: null });
    expect(second.data[0]).toMatchObject({
      actor: { type: 'api_key', name: 'Owner' },
      created_at: context.now().toISOString(),
      restored_from: null,
    });
    await expect(history(context, { cursor: 'nonsense' })).rejects.toMatchObject({
      faults: [{ path: 'cursor' }],
    });
  });

  it('brings an old revision back, its password included, as a new one', async () => {
    const context = world.newWorkspace();
    const auth = { type: 'basic', basic: { username: 'u', password: 'p' } };
    const old = await update(context, { webhooks: { ...start('https://example.com/1').webhooks, auth } });
    await update(context, { webhooks: { start: { status: false, url: null }, auth: null } });
    expect(await restoreWebhookSettings(context, { revision: 1 })).toEqual(old);
    expect(await getWebhookSettings(context)).toEqual(old);
    const [newest] = (await history(context)).data;
    expect(newest).toMatchObject({ revision: 3, restored_from: 1, updated_all: [] });
    await expect(restoreWebhookSettings(context, { revision: 4 })).rejects.toMatchObject({
      faults: [{ path: 'revision', message: 'is not in the history, which ends at revision 3' }],
    });
  });
});
