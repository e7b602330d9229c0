import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import { InterviewWebhookSettingsUpdate, WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { getWebhookSettings } from '../settings/get-webhook-settings.ts';
import { updateWebhookSettings } from '../settings/update-webhook-settings.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { createInterview } from './create-interview.ts';
import { getInterview, getInterviewWebhookSettings } from './get-interview.ts';
import { updateInterviewWebhookSettings } from './update-interview-webhook-settings.ts';
import { useGlobalSettings } from './use-global-settings.ts';

let world: TestWorld;
beforeAll(async () => {
  // Each statement is a command of its own there.
  world = await testWorld({ asOlder: true });
});
afterAll(() => world[Symbol.asyncDispose]());

const target = (path: string) => ({ status: true, url: `https://example.com/${path}` });
const update = (context: Context, webhooks: unknown, updateAll = false) =>
  updateWebhookSettings(context, WebhookSettingsUpdate.parse({ webhooks, updateAll }));
const updateOne = (context: Context, ai_interview_id: string, webhooks: unknown) =>
  updateInterviewWebhookSettings(
    context,
    InterviewWebhookSettingsUpdate.parse({ ai_interview_id, webhooks }),
  );
const create = async (context: Context) =>
  (await createInterview(context, { ai_interview_name: 'x' })).ai_interview_id;
const startOf = async (context: Context, ai_interview_id: string) =>
  (await getInterviewWebhookSettings(context, { ai_interview_id })).webhooks.start.url;

describe('an AI interview', () => {
  it('keeps the settings it was created with until they are applied to all', async () => {
    const context = world.newWorkspace();
    const before = await create(context);
    await update(context, { start: target('1') });
    const after = await create(context);
    expect(await startOf(context, before)).toBeNull();
    expect(await startOf(context, after)).toBe('https://example.com/1');

    await update(context, { start: target('2') }, true);
    await update(context, { start: target('3') });
    expect(await startOf(context, before)).toBe('https://example.com/2');
    expect(await startOf(context, after)).toBe('https://example.com/2');
  });

  it('keeps a part of its own until that very part is applied to all', async () => {
    const context = world.newWorkspace();
    const id = await create(context);
    await updateOne(context, id, { start: target('own') });
    await update(context, { submission: target('all') }, true);
    expect(await getInterview(context, { ai_interview_id: id })).toMatchObject({
      webhooks: { start: target('own'), submission: target('all') },
      webhook_sources: {
        start: { source: 'own', revision: 0 },
        submission: { source: 'global', revision: 1 },
        auth: { source: 'global', revision: 0 },
      },
    });
    await update(context, { start: target('all') }, true);
    expect(await startOf(context, id)).toBe('https://example.com/all');
    await updateOne(context, id, { start: { url: 'https://example.com/own-again' } });
    expect(await startOf(context, id)).toBe('https://example.com/own-again');
  });

  it('merges over what is in effect, the stored password included', async () => {
    const context = world.newWorkspace();
    await update(context, { auth: { type: 'basic', basic: { username: 'global', password: 'p' } } });
    const id = await create(context);
    const { webhooks } = await updateOne(context, id, { auth: { basic: { username: 'own' } } });
    expect(webhooks.auth.basic).toEqual({ username: 'own', password: null, hasPassword: true });
    await expect(updateOne(context, id, { start: { status: true } })).rejects.toMatchObject({
      faults: [{ path: 'webhooks.start.url' }],
    });
  });

  it('goes back to the global settings as they are now', async () => {
    const context = world.newWorkspace();
    const id = await create(context);
    await updateOne(context, id, { start: target('own') });
    await update(context, { start: target('global') });
    await useGlobalSettings(context, { ai_interview_id: id });
    expect(await startOf(context, id)).toBe('https://example.com/global');
  });

  it('loses none of fifty updates of its own at once', async () => {
    const context = world.newWorkspace();
    const id = await create(context);
    await updateOne(context, id, { auth: { type: 'basic', basic: { username: 'u', password: 'p' } } });
    const changes = Array.from(
      { length: 50 },
      (_, index) =>
        [
          { start: { url: 'https://example.com/s' } },
          { submission: { url: 'https://example.com/e' } },
          { auth: { basic: { username: 'x' } } },
        ][index % 3],
    );
    await Promise.all(changes.map((change) => updateOne(context, id, change)));
    expect(await getInterviewWebhookSettings(context, { ai_interview_id: id })).toMatchObject({
      webhooks: {
        start: { url: 'https://example.com/s' },
        submission: { url: 'https://example.com/e' },
        auth: { basic: { username: 'x', hasPassword: true } },
      },
    });
  });
});

it('applying to all costs the same statements for many AI interviews as for one', async () => {
  const context = await world.newOwner();
  const statementsOf = async (url: string) => {
    // What a majority has is known from then on, so each has the same to find out.
    await getWebhookSettings(context);
    const sent = await commandsDuring(context.database, () => update(context, { start: target(url) }, true));
    // Besides those that ask how a server is and what time it has.
    return sent.map(nameOf).filter((name) => !name.endsWith(' 1'));
  };
  await create(context);
  const one = await statementsOf('one');
  await context.database.aiInterviews.insertMany(
    Array.from({ length: 5000 }, (_, index) => ({
      workspaceId: context.workspaceId,
      name: String(index),
      revision: 1,
      createdAt: context.now(),
    })),
  );
  expect(await statementsOf('many')).toEqual(one);
  expect(one).toEqual(['find workspaces', 'insert webhook_settings', 'update workspaces']);
});
