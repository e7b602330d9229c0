import type { ListenEvent, SentRequest } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenSubscription, subscribe } from './support/subscription.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ WEBHOOK_RETRY_SCHEDULE: '1h' });
});
afterAll(() => server[Symbol.asyncDispose]());

const basic = { type: 'basic', basic: { username: 'ats', password: 'wachtwoord-7f3a9c' } };

async function workspace() {
  const { key } = await server.newWorkspace();
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await server.call(method, `/ai-interviews${path}`, { key, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json as Record<string, string>;
  };
  const start = async () => {
    const { ai_interview_id } = await call('POST', '', { ai_interview_name: 'Backend' });
    const candidate = { candidate_name: 'Ada Łovelace', candidate_email: 'ada@example.com' };
    const { response_id } = await call('POST', '/invite', { ai_interview_id, ...candidate });
    await call('POST', `/responses/${response_id}/start`);
    return `evt_${response_id}_start`;
  };
  const listen = (input: object = {}, as = key) =>
    subscribe({ url: server.url, procedure: 'deliveries.listen', input, headers: { apiKey: as } });
  return { key, call, start, listen };
}

async function nextRequest(subscription: OpenSubscription): Promise<SentRequest> {
  const next = await subscription.next();
  const event = next?.data as ListenEvent;
  if (event.type !== 'request') throw new Error(`not a request: ${JSON.stringify(next)}`);
  return event.request;
}

it('gives the very bytes, signature and credential that the receiver got', async () => {
  await using ats = await receiver();
  const { call, start, listen } = await workspace();
  await call('POST', '/settings/webhooks', {
    webhooks: { start: { status: true, url: `${ats.url}/hook` }, auth: basic },
  });
  await using subscription = await listen();
  expect((await subscription.next())?.data).toEqual({ type: 'listening' });
  const id = await start();
  const request = await nextRequest(subscription);
  await ats.until(() => ats.received.length === 1);
  const [got] = ats.received;
  expect(got?.body).toBe(request.body);
  expect(got?.headers).toMatchObject(request.headers);
  expect(Object.keys(request.headers).sort()).toEqual([
    'accept',
    'authorization',
    'content-type',
    'user-agent',
    'webhook-attempt',
    'webhook-id',
    'webhook-signature',
    'webhook-timestamp',
  ]);
  expect(request).toMatchObject({ number: 1, trigger: 'event', url: `${ats.url}/hook` });
  expect(request.headers['webhook-id']).toBe(id);
  const { secret = '' } = await call('GET', '/settings/webhooks/secret');
  new Webhook(secret).verify(request.body, request.headers);
});

it('gives what nobody receives, at once, and each attempt of it; and what is only a test', async () => {
  await using ats = await receiver();
  ats.answer = 'never';
  const { call, start, listen } = await workspace();
  const webhooks = { start: { status: true, url: ats.url } };
  await call('POST', '/settings/webhooks', { webhooks });
  await using subscription = await listen();
  await subscription.next();
  const id = await start();
  // Long before the attempt has ended.
  expect((await nextRequest(subscription)).headers['webhook-id']).toBe(id);
  const gone = { start: { status: true, url: 'https://nobody.invalid/hook' } };
  await call('POST', '/settings/webhooks', { webhooks: gone, updateAll: true });
  const other = await start();
  expect(await nextRequest(subscription)).toMatchObject({
    number: 1,
    url: 'https://nobody.invalid/hook',
    headers: { 'webhook-id': other },
  });
  await expect.poll(() => call('GET', `/webhooks/deliveries/${other}`)).toMatchObject({ state: 'pending' });
  await call('POST', `/webhooks/deliveries/${other}/redeliver`);
  expect(await nextRequest(subscription)).toMatchObject({ number: 2, trigger: 'manual' });
  await call('POST', '/settings/webhooks/test', { event: 'submission', url: 'https://nobody.invalid/test' });
  expect(await nextRequest(subscription)).toMatchObject({ trigger: 'test' });
});

it('is for those who may change the settings, of their own workspace', async () => {
  await using ats = await receiver();
  const mine = await workspace();
  const other = await workspace();
  const { key } = await server.newWorkspace(['settings:read', 'deliveries:read', 'deliveries:write']);
  await using refused = await mine.listen({}, key);
  expect(await refused.next()).toMatchObject({ data: { data: { problem: { code: 'missing-scope' } } } });
  const webhooks = { start: { status: true, url: ats.url } };
  for (const { call } of [mine, other]) await call('POST', '/settings/webhooks', { webhooks });
  await using subscription = await mine.listen();
  await subscription.next();
  await other.start();
  const id = await mine.start();
  expect((await nextRequest(subscription)).headers['webhook-id']).toBe(id);
});
