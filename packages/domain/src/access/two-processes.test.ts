import type { Database } from '@interview-webhooks/database';
import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import {
  InterviewWebhookSettingsUpdate,
  InviteCandidate,
  type Scope,
  WebhookSettingsUpdate,
} from '@interview-webhooks/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { rotateSigningSecret, signingSecrets } from '../deliveries/signing-secrets.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { getInterviewWebhookSettings } from '../interviews/get-interview.ts';
import { updateInterviewWebhookSettings } from '../interviews/update-interview-webhook-settings.ts';
import { useGlobalSettings } from '../interviews/use-global-settings.ts';
import { isListenedTo } from '../listening/sent-requests.ts';
import { inviteCandidate } from '../responses/invite-candidate.ts';
import { recordStart } from '../responses/record-start.ts';
import { getWebhookSettings } from '../settings/get-webhook-settings.ts';
import { updateWebhookSettings } from '../settings/update-webhook-settings.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { authenticateApiKey, expectResponse } from './authenticate.ts';
import { createApiKey } from './create-api-key.ts';
import { carryOut, decideRevocation, settledBasis } from './key-revocation.ts';
import { revokeApiKey } from './revoke-api-key.ts';

let world: TestWorld;
let elsewhere: Database;
beforeAll(async () => {
  // However long something is kept, a change by another process ends it.
  world = await testWorld({ kept: { keptMs: Infinity } });
  elsewhere = await world.otherProcess();
});
afterAll(() => world[Symbol.asyncDispose]());

/** An owner at one process, and the same at another. */
async function owners(): Promise<{ here: Context; there: Context }> {
  const here = await world.newOwner();
  return { here, there: { ...here, database: elsewhere } };
}

const newKey = (context: Context, more: { expires_at?: string } = {}) =>
  createApiKey(context, {
    name: 'k',
    scopes: ['settings:read', 'interviews:write'] satisfies Scope[],
    ...more,
  });
const refused = { code: 'unauthenticated' };

/** Until what it says of the key is kept. */
async function known(context: Context, apiKey: string): Promise<void> {
  for (let calls = 0; calls < 3; calls++) await authenticateApiKey(context, apiKey);
}

/** Besides those that ask how a server is and what time it has. */
async function statementsOf({ database }: Context, work: () => Promise<unknown>): Promise<string[]> {
  const sent = await commandsDuring(database, work);
  return sent.map(nameOf).filter((name) => !name.endsWith(' 1'));
}

const startTo = (path: string) => ({ start: { status: true, url: `https://example.com/${path}` } });
const urlIn = async (context: Context) => (await getWebhookSettings(context)).webhooks.start.url;
const update = (context: Context, path: string, updateAll = false) =>
  updateWebhookSettings(context, WebhookSettingsUpdate.parse({ webhooks: startTo(path), updateAll }));

it('a key that is revoked at one process opens nothing at the other from then on', async () => {
  const { here, there } = await owners();
  for (const [revoking, asking] of [
    [here, there],
    [there, here],
  ] as const) {
    const key = await newKey(revoking);
    await known(asking, key.api_key);
    await revokeApiKey(revoking, { api_key_id: key.api_key_id });
    await expect(authenticateApiKey(asking, key.api_key)).rejects.toMatchObject(refused);
    await expect(authenticateApiKey(revoking, key.api_key)).rejects.toMatchObject(refused);
  }
});

it('a key whose end is decided is looked at each time until that is carried out', async () => {
  const { here, there } = await owners();
  const [ending, other] = [await newKey(here), await newKey(here)];
  await known(there, ending.api_key);
  await known(there, other.api_key);
  const basis = await settledBasis(here);
  const [key] = await here.database.apiKeys.find({ _id: ending.api_key_id }).lean();
  if (!key) throw new Error('the key is not there');
  const decided = await decideRevocation(here, basis, { apiKeyId: key._id, includeCreated: false });
  if (!decided) throw new Error('nobody else decides anything');
  // As the process has it that died here.
  await here.database.apiKeys.updateOne({ _id: key._id }, { $set: { revokedAt: here.now() } });
  await expect(authenticateApiKey(there, ending.api_key)).rejects.toMatchObject(refused);
  await authenticateApiKey(there, other.api_key);
  await carryOut(here, decided);
  await expect(authenticateApiKey(there, ending.api_key)).rejects.toMatchObject(refused);
  await authenticateApiKey(there, other.api_key);
});

it('a key that is kept ends at its time, and one that was made elsewhere works at once', async () => {
  const { here, there } = await owners();
  const expires_at = new Date(here.now().getTime() + 60_000).toISOString();
  const expiring = await newKey(here, { expires_at });
  await known(there, expiring.api_key);
  const later = await newKey(here);
  await authenticateApiKey(there, later.api_key);
  world.advance(60_001);
  await expect(authenticateApiKey(there, expiring.api_key)).rejects.toMatchObject(refused);
});

it('what somebody changes of a key by hand, its scopes for instance, holds after five seconds at most', async () => {
  await using brief = await testWorld({ kept: { keptMs: 50 } });
  const context = await brief.newOwner();
  const key = await newKey(context);
  await known(context, key.api_key);
  await context.database.apiKeys.updateOne({ _id: key.api_key_id }, { $set: { scopes: ['audit:read'] } });
  await expect
    .poll(async () => (await authenticateApiKey(context, key.api_key)).scopes)
    .toEqual(['audit:read']);
});

it('settings that are changed at one process hold at the other from then on', async () => {
  const { here, there } = await owners();
  expect(await urlIn(there)).toBeNull();
  await update(here, '1');
  expect(await urlIn(there)).toBe('https://example.com/1');
  await update(there, '2');
  expect(await urlIn(here)).toBe('https://example.com/2');
  // A call that came after the change has no older answer, whatever was looked at before.
  const principal = await authenticateApiKey(there, (await newKey(here)).api_key);
  await update(here, '3');
  expect(await urlIn({ ...there, ...principal, askedAt: performance.now() })).toBe('https://example.com/3');
});

it('an AI interview’s own settings that are changed, dropped or replaced at one process hold at the other', async () => {
  const { here, there } = await owners();
  await update(here, 'global');
  const { ai_interview_id } = await createInterview(here, { ai_interview_name: 'Backend' });
  const seen = async () => (await getInterviewWebhookSettings(there, { ai_interview_id })).webhooks.start.url;
  expect(await seen()).toBe('https://example.com/global');
  const own = { ai_interview_id, webhooks: startTo('own') };
  await updateInterviewWebhookSettings(here, InterviewWebhookSettingsUpdate.parse(own));
  expect(await seen()).toBe('https://example.com/own');
  await useGlobalSettings(here, { ai_interview_id });
  expect(await seen()).toBe('https://example.com/global');
  await update(here, 'all', true);
  expect(await seen()).toBe('https://example.com/all');
  await updateInterviewWebhookSettings(there, InterviewWebhookSettingsUpdate.parse(own));
  const here2 = await getInterviewWebhookSettings(here, { ai_interview_id });
  expect(here2.webhooks.start.url).toBe('https://example.com/own');
});

it('a signing secret that is rotated, and somebody who listens, are known at the other process from then on', async () => {
  const { here, there } = await owners();
  const before = await signingSecrets(there);
  const { secret } = await rotateSigningSecret(here, { overlap_hours: 1 });
  expect(await signingSecrets(there)).toEqual([secret, ...before]);
  expect(await isListenedTo(there)).toBe(false);
  const listenedUntil = new Date(here.now().getTime() + 60_000);
  await here.database.workspaces.updateOne({ _id: here.workspaceId }, { $set: { listenedUntil } });
  expect(await isListenedTo(there)).toBe(true);
});

it('a call by a key that reads the settings is one statement', async () => {
  const { here } = await owners();
  await update(here, '1');
  const { api_key } = await newKey(here);
  await known(here, api_key);
  await getWebhookSettings(here);
  const statements = await statementsOf(here, async () => {
    const principal = await authenticateApiKey(here, api_key);
    expect(await urlIn({ ...here, ...principal })).toBe('https://example.com/1');
  });
  expect(statements).toEqual(['find workspaces']);
});

it('a start is two reads in one trip, and one write', async () => {
  const { here } = await owners();
  const { api_key } = await newKey(here);
  const { ai_interview_id } = await createInterview(here, { ai_interview_name: 'Backend' });
  const invited = async (candidate_name: string) => {
    const candidate = { ai_interview_id, candidate_name, candidate_email: 'ada@example.com' };
    return (await inviteCandidate(here, InviteCandidate.parse(candidate))).response_id;
  };
  const [first, second] = [await invited('Ada'), await invited('Grace')];
  const start = async (response_id: string) => {
    const found = authenticateApiKey(here, api_key);
    expectResponse(here, api_key, response_id);
    return recordStart({ ...here, ...(await found) }, { response_id });
  };
  await known(here, api_key);
  await start(first);
  const statements = await statementsOf(here, () => start(second));
  expect(statements).toEqual(['find workspaces', 'find responses', 'update responses']);
});
