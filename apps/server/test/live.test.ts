import type { Delivery } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenSubscription, subscribe } from './support/subscription.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function workspace(as = server) {
  const { key } = await as.newWorkspace();
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await as.call(method, `/ai-interviews${path}`, { key, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json as Record<string, string>;
  };
  const invite = async () => {
    const { ai_interview_id } = await call('POST', '', { ai_interview_name: 'Backend' });
    const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
    return (await call('POST', '/invite', { ai_interview_id, ...candidate }))['response_id'] ?? '';
  };
  const live = (input: object = {}) =>
    subscribe({ url: as.url, procedure: 'deliveries.live', input, headers: { apiKey: key } });
  return { key, call, invite, live };
}

async function nextPage(subscription: OpenSubscription): Promise<Delivery[]> {
  const next = await subscription.next();
  expect(next?.event).toBe('message');
  return (next?.data as { data: Delivery[] }).data;
}

it('the list is there at once, and again whenever it has changed', async () => {
  await using ats = await receiver();
  const { call, invite, live } = await workspace();
  await call('POST', '/settings/webhooks', { webhooks: { start: { status: true, url: ats.url } } });
  await using subscription = await live({ state: 'delivered' });
  expect(subscription.status).toBe(200);
  expect(subscription.headers.get('content-type')).toContain('text/event-stream');
  expect(await nextPage(subscription)).toEqual([]);
  const response_id = await invite();
  await call('POST', `/responses/${response_id}/start`);
  expect(await nextPage(subscription)).toMatchObject([{ response_id, state: 'delivered' }]);
});

it('shows what another process delivers, to everybody who watches, and nobody else’s', async () => {
  await using ats = await receiver();
  await using other = await testServer({ DATA_DIR: server.dataDir, BOOTSTRAP_API_KEY: server.key });
  const { key, call, invite, live } = await workspace();
  const stranger = await workspace();
  await call('POST', '/settings/webhooks', { webhooks: { start: { status: true, url: ats.url } } });
  await using one = await live();
  await using two = await live();
  await using strangers = await stranger.live();
  for (const subscription of [one, two, strangers]) expect(await nextPage(subscription)).toEqual([]);
  const response_id = await invite();
  await other.call('POST', `/ai-interviews/responses/${response_id}/start`, { key });
  for (const subscription of [one, two]) {
    expect(await nextPage(subscription)).toMatchObject([{ response_id }]);
  }
  // What comes first for the stranger is its own.
  const own = await stranger.invite();
  await stranger.call('POST', `/responses/${own}/start`);
  expect(await nextPage(strangers)).toMatchObject([{ response_id: own }]);
});

it('ends with the session, and says why', async () => {
  const sameOrigin = { 'sec-fetch-site': 'same-origin' };
  const answer = await server.call('POST', '/trpc/session.signIn', {
    key: null,
    body: { api_key: server.key },
    headers: sameOrigin,
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const input = { event: 'ai_interview.start' };
  await using subscription = await subscribe({
    url: server.url,
    procedure: 'deliveries.live',
    input,
    headers: { cookie },
  });
  await nextPage(subscription);
  await server.call('POST', '/trpc/session.signOut', {
    key: null,
    headers: { ...sameOrigin, cookie, 'content-type': 'application/json' },
  });
  expect(await subscription.next()).toMatchObject({
    event: 'serialized-error',
    data: { data: { code: 'UNAUTHORIZED', httpStatus: 401, problem: { code: 'unauthenticated' } } },
  });
  expect(await subscription.next()).toBeUndefined();
});

it('asks for the scope, and for input that can be', async () => {
  const { key } = await server.newWorkspace(['settings:read']);
  const open = (input: unknown, headers: Record<string, string>) =>
    subscribe({ url: server.url, procedure: 'deliveries.live', input, headers });
  await using refused = await open({}, { apiKey: key });
  expect(await refused.next()).toMatchObject({
    event: 'serialized-error',
    data: { data: { httpStatus: 403 } },
  });
  await using unknown = await open({}, {});
  expect(await unknown.next()).toMatchObject({ data: { data: { httpStatus: 401 } } });
  await using faulty = await open({ state: 'lost' }, { apiKey: server.key });
  expect(await faulty.next()).toMatchObject({ data: { data: { problem: { errors: [{ path: 'state' }] } } } });
});

it('no key has more than thirty open, and one that is closed makes room', async () => {
  const { live } = await workspace();
  const open = await Promise.all(Array.from({ length: 30 }, () => live()));
  for (const subscription of open) await nextPage(subscription);
  const attempt = async () => {
    await using subscription = await live();
    return (await subscription.next())?.event;
  };
  expect(await attempt()).toBe('serialized-error');
  await open[0]?.[Symbol.asyncDispose]();
  while ((await attempt()) === 'serialized-error');
  await Promise.all(open.map((subscription) => subscription[Symbol.asyncDispose]()));
});

it('no workspace has more than a hundred open, however many keys it has', async () => {
  await using own = await testServer();
  const keys = [own.key];
  for (const name of ['b', 'c', 'd']) {
    const body = { name, scopes: ['deliveries:read'] };
    const { json } = await own.call('POST', '/trpc/apiKeys.create', { body });
    keys.push((json as { result: { data: { api_key: string } } }).result.data.api_key);
  }
  const open = (apiKey = '') =>
    subscribe({ url: own.url, procedure: 'deliveries.live', input: {}, headers: { apiKey } });
  const held = await Promise.all(Array.from({ length: 100 }, (_, index) => open(keys[index % 4])));
  for (const subscription of held) expect((await subscription.next())?.event).toBe('message');
  await using refused = await open(keys[3]);
  const first = await refused.next();
  expect(first).toMatchObject({ event: 'serialized-error', data: { data: { httpStatus: 429 } } });
  expect(JSON.stringify(first?.data)).toContain('This workspace has 100 subscriptions open already');
  await Promise.all(held.map((subscription) => subscription[Symbol.asyncDispose]()));
});

it('a server that stops does not wait for it, and the browser is not told to give up', async () => {
  await using stopping = await testServer();
  const { live } = await workspace(stopping);
  await using subscription = await live();
  await nextPage(subscription);
  const stopped = stopping.close();
  // No event that says the subscription is over: a browser asks again by itself.
  expect(await subscription.next()).toBeUndefined();
  await stopped;
});
