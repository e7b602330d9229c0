import { InterviewWebhookSettingsUpdate, WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { signingSecrets } from '../deliveries/signing-secrets.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { updateInterviewWebhookSettings } from '../interviews/update-interview-webhook-settings.ts';
import { keepSentRequest, sentRequestView } from '../listening/sent-requests.ts';
import { restoreWebhookSettings } from '../settings/restore-webhook-settings.ts';
import { updateWebhookSettings } from '../settings/update-webhook-settings.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { createVault } from './vault.ts';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const before = createVault({ sealWith: 'old', keys: new Map([['old', oldKey]]) });
const during = createVault({
  sealWith: 'new',
  keys: new Map([
    ['new', newKey],
    ['old', oldKey],
  ]),
});
const after = createVault({ sealWith: 'new', keys: new Map([['new', newKey]]) });

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

let owner: Context;
let interviewId: string;
/** One of everything that is stored sealed. */
beforeEach(async () => {
  const { database, now } = world.services;
  await database.workspaces.deleteMany();
  await database.webhookSettings.deleteMany();
  await database.aiInterviews.deleteMany();
  await database.sentRequests.deleteMany();
  const workspace = await database.workspaces.create({ name: 'w', createdAt: now() });
  owner = { ...world.newWorkspace(), workspaceId: workspace.id, vault: before };
  await setPassword(owner, 'for all');
  ({ ai_interview_id: interviewId } = await createInterview(owner, { ai_interview_name: 'Backend' }));
  await updateInterviewWebhookSettings(
    owner,
    InterviewWebhookSettingsUpdate.parse({
      ai_interview_id: interviewId,
      webhooks: { auth: { type: 'apikey', apikey: { header: 'x-key', apikey: 'its own' } } },
    }),
  );
  await signingSecrets(owner);
  const contents = {
    number: 1,
    trigger: 'event',
    url: 'https://a.example',
    headers: {},
    body: '{}',
  } as const;
  await keepSentRequest(owner, { workspaceId: owner.workspaceId, sentAt: now(), contents });
});

function setPassword(context: Context, password: string) {
  const auth = { type: 'basic', basic: { username: 'u', password } };
  return updateWebhookSettings(context, WebhookSettingsUpdate.parse({ webhooks: { auth } }));
}

function rotate(vault = during) {
  return rotateSecrets({ database: world.services.database, vault, report: () => undefined });
}

/** Every secret that is stored, opened without the old key. */
async function opened() {
  const { database, workspaceId } = owner;
  const place = (field: string) => ({ workspaceId, field });
  const revisions = await database.webhookSettings.find({ workspaceId }).sort({ revision: 1 }).lean();
  const interview = await database.aiInterviews.findById(interviewId).orFail().lean();
  const own = interview.own.auth?.value;
  const request = await database.sentRequests.findOne({ workspaceId }).orFail().lean();
  return {
    passwords: revisions.flatMap(({ settings: { auth } }) =>
      auth.type === 'basic' ? [after.open(place('auth.password'), auth.password)] : [],
    ),
    own: own?.type === 'apikey' && after.open(place('auth.apikey'), own.apikey),
    signing: await signingSecrets({ ...owner, vault: after }),
    request: sentRequestView({ vault: after, workspaceId }, request).url,
  };
}

it('everything that is stored sealed opens with the new key alone, and says what it said', async () => {
  const signing = await signingSecrets(owner);
  await expect(opened()).rejects.toThrow('SECRET_KEYS has no key "old"');
  expect(await rotate()).toEqual({ resealed: 4, current: 4, unopened: [] });
  expect(await opened()).toEqual({
    passwords: ['for all'],
    own: 'its own',
    signing,
    request: 'https://a.example',
  });
  // Again: there is nothing left to do.
  expect(await rotate()).toEqual({ resealed: 0, current: 4, unopened: [] });
});

it('tells how far it has come', async () => {
  const told: string[] = [];
  await rotateSecrets({
    database: world.services.database,
    vault: during,
    report: ({ collection, documents, total }) => told.push(`${collection} ${documents}/${total}`),
  });
  expect(new Set(told)).toEqual(
    new Set(['workspaces 1/1', 'webhook_settings 1/1', 'ai_interviews 1/1', 'sent_requests 1/1']),
  );
});

it('a server that goes on changing settings loses none, and leaves nothing under the old key', async () => {
  const server = { ...owner, vault: during };
  const passwords = Array.from({ length: 30 }, (_, index) => `password ${index}`);
  const changes = (async () => {
    for (const password of passwords) await setPassword(server, password);
  })();
  await Promise.all([rotate(), rotate(), changes]);
  await rotate();
  expect((await opened()).passwords).toEqual(['for all', ...passwords]);
});

it('what a server read before the rotation does not bring the old key back', async () => {
  const server = { ...owner, vault: during };
  // Read, and so kept in the process's cache, sealed by the old key.
  await restoreWebhookSettings(server, { revision: 1 });
  await setPassword(server, 'another');
  await rotate();
  await restoreWebhookSettings(server, { revision: 1 });
  await createInterview(server, { ai_interview_name: 'Frontend' });
  const { passwords } = await opened();
  expect(passwords).toEqual(['for all', 'for all', 'another', 'for all']);
});

it('a value that does not open is told and left as it is, and the rest is done', async () => {
  const { database, workspaceId } = owner;
  const lost = createVault({ sealWith: 'lost', keys: new Map([['lost', randomBytes(32)]]) });
  const sealed = lost.seal({ workspaceId, field: 'signing-secret' }, 'whsec_');
  await database.workspaces.updateOne(
    { _id: workspaceId },
    { signingSecrets: [{ sealed, expiresAt: null }] },
  );
  expect(await rotate()).toEqual({
    resealed: 3,
    current: 3,
    unopened: [
      {
        collection: 'workspaces',
        document: workspaceId,
        field: 'signing-secret',
        reason: 'SECRET_KEYS has no key "lost", which sealed it',
      },
    ],
  });
  const workspace = await database.workspaces.findById(workspaceId).lean();
  expect(workspace?.signingSecrets?.[0]?.sealed).toBe(sealed);
});

it('settings whose credential does not open can be changed all the same', async () => {
  const server = { ...owner, vault: after };
  const webhooks = { start: { status: true, url: 'https://a.example/start' } };
  const view = await updateWebhookSettings(server, WebhookSettingsUpdate.parse({ webhooks }));
  expect(view.webhooks.start.status).toBe(true);
});
