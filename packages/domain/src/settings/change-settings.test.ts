import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import type { WebhookSettings } from '@interview-webhooks/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { changeSettings, type ProposedSettings } from './change-settings.ts';
import { currentRevision } from './revisions.ts';

let world: TestWorld;
beforeAll(async () => {
  // Each statement is a command of its own there.
  world = await testWorld({ asOlder: true });
});
afterAll(() => world[Symbol.asyncDispose]());

/** Puts `path` behind the start URL, so that each revision tells what it was made from. */
const adding = (path: string) => (current: WebhookSettings) => proposed(current, path);

function proposed(current: WebhookSettings, path: string): ProposedSettings {
  const url = `${current.start.url ?? 'https://example.com'}/${path}`;
  return { settings: { ...current, start: { status: true, url } }, applyToAll: [], action: 'updated' };
}

const revisions = ({ database, workspaceId }: Context) =>
  database.webhookSettings.find({ workspaceId }).sort({ revision: 1 }).lean();

it('writers who come together decide one after the other, and are stored by one insert', async () => {
  const context = await world.newOwner();
  // Asks a primary once how it is, before the first read of what its majority has.
  await currentRevision(context);
  const sent = await commandsDuring(context.database, () =>
    Promise.all(['a', 'b', 'c'].map((path) => changeSettings(context, adding(path)))),
  );
  expect(sent.map(nameOf)).toEqual(['find workspaces', 'insert webhook_settings', 'update workspaces']);
  expect((await revisions(context)).map(({ revision, settings }) => [revision, settings.start.url])).toEqual([
    [1, 'https://example.com/a'],
    [2, 'https://example.com/a/b'],
    [3, 'https://example.com/a/b/c'],
  ]);
});

it('where another process takes a revision in the middle, those behind it decide again', async () => {
  const context = world.newWorkspace();
  let calls = 0;
  const overtaken = async (current: WebhookSettings) => {
    if (++calls === 1) await appendElsewhere(context, 2);
    return proposed(current, 'b');
  };
  const urls = await Promise.all(
    [adding('a'), overtaken, adding('c')].map(
      async (propose) => (await changeSettings(context, propose)).start.url,
    ),
  );
  expect(urls).toEqual([
    'https://example.com/a',
    'https://elsewhere.example/b',
    'https://elsewhere.example/b/c',
  ]);
  expect((await revisions(context)).map(({ revision, settings }) => [revision, settings.start.url])).toEqual([
    [1, 'https://example.com/a'],
    [2, 'https://elsewhere.example'],
    [3, 'https://elsewhere.example/b'],
    [4, 'https://elsewhere.example/b/c'],
  ]);
});

it('one who refuses stands in nobody’s way', async () => {
  const context = world.newWorkspace();
  const refusing = () => Promise.reject(new Error('refused'));
  const results = await Promise.allSettled(
    [adding('a'), refusing, adding('c')].map((propose) => changeSettings(context, propose)),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { message: 'refused' } });
  expect((await revisions(context)).at(-1)?.settings.start.url).toBe('https://example.com/a/c');
});

it('gives up where another process is faster each time', async () => {
  const context = world.newWorkspace();
  let revision = 0;
  const overtaken = async (current: WebhookSettings) => {
    await appendElsewhere(context, ++revision);
    return proposed(current, 'late');
  };
  await expect(changeSettings(context, overtaken)).rejects.toMatchObject({ code: 'conflict' });
  expect(await revisions(context)).toHaveLength(10);
});

/** What another process would have stored. */
async function appendElsewhere({ database, workspaceId, actor, now }: Context, revision: number) {
  const stored = await database.appendSettings([
    {
      workspaceId,
      revision,
      settings: {
        start: { status: true, url: 'https://elsewhere.example' },
        submission: { status: false, url: null },
        auth: { type: null },
      },
      appliedToAll: { start: 0, submission: 0, auth: 0 },
      action: 'updated',
      reason: null,
      restoredFrom: null,
      actor,
      createdAt: now(),
    },
  ]);
  expect(stored).toBe(1);
}
