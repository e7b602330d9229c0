import type { Database } from '@interview-webhooks/database';
import type { WebhookSettings, WebhooksUpdate } from '@interview-webhooks/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { disableWebhook } from '../deliveries/disable-webhook.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { findInterview } from '../interviews/find-interview.ts';
import { interviewSettings } from '../interviews/interview-settings.ts';
import { updateInterviewWebhookSettings } from '../interviews/update-interview-webhook-settings.ts';
import { useGlobalSettings } from '../interviews/use-global-settings.ts';
import { CopyingSettings, type PlainSettings } from '../testing/copying-settings.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { restoreWebhookSettings } from './restore-webhook-settings.ts';
import { currentRevision } from './revisions.ts';
import { updateWebhookSettings } from './update-webhook-settings.ts';

let world: TestWorld;
let elsewhere: Database;
beforeAll(async () => {
  // However long something is kept, a change by another process ends it.
  world = await testWorld({ kept: { keptMs: Infinity } });
  elsewhere = await world.otherProcess();
});
afterAll(() => world[Symbol.asyncDispose]());

/** What is tried, in the system and in the model. */
interface Run {
  /** Who acts next. */
  context: Context;
  /** The same caller at another process, who acts after that. */
  other: Context;
  model: CopyingSettings;
}
type Command = fc.AsyncCommand<CopyingSettings, Run>;

const url = fc.option(fc.nat(3).map((number) => `https://example.com/${number}`));
const target = fc.record({ status: fc.boolean(), url }, { requiredKeys: [] });
const auth = fc.oneof(
  fc.constant(null),
  fc.nat(3).map((n) => ({ type: 'basic' as const, basic: { username: `user-${n}`, password: `pass-${n}` } })),
);
const update: fc.Arbitrary<WebhooksUpdate> = fc.record(
  { start: target, submission: target, auth },
  { requiredKeys: [] },
);
const part = fc.constantFrom('start' as const, 'submission' as const);

/** The settings as the receiver would get to know them. */
function plain({ vault, workspaceId }: Context, { start, submission, auth }: WebhookSettings): PlainSettings {
  if (auth.type === null) return { start, submission, auth: null };
  if (auth.type === 'apikey') throw new Error('nobody has set one');
  const password = vault.open({ workspaceId, field: 'auth.password' }, auth.password);
  return { start, submission, auth: { username: auth.username, password } };
}

/** Holds the whole workspace against the model. */
async function compare({ context, model }: Run): Promise<void> {
  const { database, workspaceId } = context;
  const stored = await database.webhookSettings.find({ workspaceId }).sort({ revision: 1 }).lean();
  expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, index) => index + 1));
  expect(plain(context, (await currentRevision(context)).settings)).toEqual(model.current);
  for (const [id, expected] of model.interviews) {
    const { settings } = await interviewSettings(context, await findInterview(context, id));
    expect(plain(context, settings)).toEqual(expected);
  }
}

/** A command that is called `name` when it fails. */
function command(name: string, act: (run: Run) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (_model, run) => {
      await act(run);
      await compare(run);
      [run.context, run.other] = [run.other, run.context];
      await compare(run);
    },
    toString: () => name,
  };
}

/** Waits for what has to succeed, or has to be refused. */
async function settle(call: Promise<unknown>, allowed: boolean): Promise<void> {
  if (allowed) await call;
  else await expect(call).rejects.toMatchObject({ code: 'invalid-input' });
}

/** Keeps the model's revisions those of the log, in which what changes nothing is not. */
async function changeGlobal({ context, model }: Run, webhooks: WebhooksUpdate, updateAll: boolean) {
  const before = await currentRevision(context);
  const length = model.revisions.length;
  await settle(updateWebhookSettings(context, { webhooks, updateAll }), model.update(webhooks, updateAll));
  const after = await currentRevision(context);
  if (after.revision === before.revision && model.revisions.length > length) {
    expect(model.revisions.pop()).toEqual(model.current);
  }
}

/** One of the AI interviews there are, if there are any. */
const someInterview = ({ model }: Run, number: number) =>
  [...model.interviews.keys()][number % Math.max(model.interviews.size, 1)];

async function create({ context, model }: Run): Promise<void> {
  const { ai_interview_id } = await createInterview(context, { ai_interview_name: 'Backend' });
  model.interviews.set(ai_interview_id, model.current);
}

/**
 * Several writers at once. Their order is the log's, where each left its name; each writes what nobody else does, so
 * that none of them changes nothing.
 */
async function together(run: Run, writers: readonly (readonly [WebhooksUpdate, boolean])[]): Promise<void> {
  const { context, model } = run;
  const { database, workspaceId } = context;
  const changes = writers.map(([update, updateAll], index) => {
    const start = { ...update.start, url: `https://example.com/together/${model.revisions.length}/${index}` };
    return { webhooks: { ...update, submission: { status: false }, start }, updateAll };
  });
  const from = (await currentRevision(context)).revision;
  await Promise.all(
    changes.map((change, index) => {
      const actor = { type: 'api_key' as const, id: null, name: String(index) };
      return updateWebhookSettings({ ...context, actor }, change);
    }),
  );
  const stored = await database.webhookSettings
    .find({ workspaceId, revision: { $gt: from } })
    .sort({ revision: 1 })
    .lean();
  expect(stored).toHaveLength(changes.length);
  for (const { actor } of stored) {
    const change = changes[Number(actor.name)];
    expect(change && model.update(change.webhooks, change.updateAll)).toBe(true);
  }
}

async function disable(run: Run, number: number, which: 'start' | 'submission'): Promise<void> {
  const { context, model } = run;
  const id = someInterview(run, number);
  const url = id === undefined ? undefined : model.interviews.get(id)?.[which].url;
  if (id === undefined || url == null) return;
  const interview = await findInterview(context, id);
  await disableWebhook(context, {
    interview,
    event: `ai_interview.${which}`,
    url,
    reason: 'It answered 410.',
  });
  model.switchOff(id, which, url);
}

const commands: fc.Arbitrary<Command>[] = [
  fc
    .tuple(update, fc.boolean())
    .map(([webhooks, all]) =>
      command(`update(${JSON.stringify(webhooks)}, ${all})`, (run) => changeGlobal(run, webhooks, all)),
    ),
  fc
    .array(fc.tuple(update, fc.boolean()), { minLength: 2, maxLength: 5 })
    .map((writers) => command(`together(${JSON.stringify(writers)})`, (run) => together(run, writers))),
  fc.constant(command('create', create)),
  fc.tuple(fc.nat(5), update).map(([number, webhooks]) =>
    command(`own(${number}, ${JSON.stringify(webhooks)})`, async (run) => {
      const id = someInterview(run, number);
      if (id === undefined) return;
      const call = updateInterviewWebhookSettings(run.context, { ai_interview_id: id, webhooks });
      await settle(call, run.model.own(id, webhooks));
    }),
  ),
  fc.nat(5).map((number) =>
    command(`useGlobal(${number})`, async (run) => {
      const id = someInterview(run, number);
      if (id === undefined) return;
      await useGlobalSettings(run.context, { ai_interview_id: id });
      run.model.interviews.set(id, run.model.current);
    }),
  ),
  fc.tuple(fc.nat(20), fc.boolean()).map(([number, updateAll]) =>
    command(`restore(${number}, ${updateAll})`, async ({ context, model }) => {
      const revision = number % model.revisions.length;
      if (revision === 0) return;
      await restoreWebhookSettings(context, { revision, updateAll });
      model.restore(revision, updateAll);
    }),
  ),
  fc
    .tuple(fc.nat(5), part)
    .map(([number, which]) => command(`disable(${number}, ${which})`, (run) => disable(run, number, which))),
];

it('whatever is changed, in whatever order and at once, by two processes in turn, everybody has in both the settings that copying would give', async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 25 }), async (sequence) => {
      const setup = async () => {
        const [model, context] = [new CopyingSettings(), await world.newOwner()];
        return { model, real: { context, other: { ...context, database: elsewhere }, model } };
      };
      await fc.asyncModelRun(setup, sequence);
    }),
    { numRuns: 60 },
  );
});
