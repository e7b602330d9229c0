import { afterAll, beforeAll, expect, it } from 'vitest';
import { subscribe } from './support/subscription.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ TRUSTED_PROXIES: '127.0.0.0/8' });
});
afterAll(() => server[Symbol.asyncDispose]());

const WARN = 40;
const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const settings = '/ai-interviews/settings/webhooks';

/** A caller with an address of its own, as the proxy names it, so that its lines can be told apart. */
let callers = 0;
function caller() {
  const address = `203.0.113.${++callers}`;
  const headers = { 'x-forwarded-for': address };
  const lines = () =>
    server
      .logged()
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
      .filter((line) => line['address'] === address);
  return {
    headers,
    call: (method: string, path: string, options: Parameters<TestServer['call']>[2] = {}) =>
      server.call(method, path, { ...options, headers: { ...headers, ...options.headers } }),
    requests: () => lines().filter(({ msg }) => msg === 'request'),
    warnings: () => lines().filter(({ level }) => level === WARN),
  };
}

async function idOf(key: string): Promise<string> {
  const { json } = await server.call('GET', '/trpc/apiKeys.list', { key });
  return (
    (json as { result: { data: { data: { api_key_id: string }[] } } }).result.data.data[0]?.api_key_id ?? ''
  );
}

it('the line of a request names the address, the workspace and the key, also through a session', async () => {
  const { call, requests, warnings } = caller();
  const { key, workspaceId } = await server.newWorkspace();
  const who = { workspaceId, apiKeyId: await idOf(key) };
  await call('GET', settings, { key });
  const signedIn = await call('POST', '/trpc/session.signIn', {
    key: null,
    body: { api_key: key },
    headers: sameOrigin,
  });
  const headers = { ...sameOrigin, cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' };
  await call('GET', '/trpc/session.get', { key: null, headers });
  await call('POST', '/trpc/session.signOut', { key: null, body: {}, headers });
  expect(requests()).toHaveLength(4);
  for (const line of requests()) expect(line).toMatchObject({ ...who, status: 200 });
  expect(warnings()).toEqual([]);
});

it('each refused key is a warning: unknown, missing, and by its id where it is over', async () => {
  const { call, requests, warnings } = caller();
  const { key, workspaceId } = await server.newWorkspace();
  const created = await server.call('POST', '/trpc/apiKeys.create', {
    key,
    body: { name: 'ATS', scopes: ['settings:read'] },
  });
  const { data } = (created.json as { result: { data: { api_key: string; api_key_id: string } } }).result;
  const { api_key, api_key_id } = data;
  await server.call('POST', '/trpc/apiKeys.revoke', { key, body: { api_key_id } });
  await call('GET', settings, { key: 'a-wrong-key' });
  await call('GET', settings, { key: null });
  await call('GET', '/trpc/settings.webhookSettings', { key: api_key });
  const batch = ['settings.webhookSettings', 'interviews.list'].join();
  await call('GET', `/trpc/${batch}?batch=1&input={}`, { key: 'a-wrong-key' });
  expect(warnings()).toMatchObject([
    { msg: 'key refused', method: 'GET', path: settings },
    { msg: 'key missing' },
    { msg: 'key refused', workspaceId, apiKeyId: api_key_id, procedure: 'settings.webhookSettings' },
    // A batch presents its key once.
    { msg: 'key refused' },
  ]);
  expect(warnings()[0]).not.toHaveProperty('apiKeyId');
  expect(requests().map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  for (const secret of ['a-wrong-key', api_key]) expect(server.logged()).not.toContain(secret);
});

it('each refused scope is a warning with who was refused which, through REST and tRPC', async () => {
  const { call, warnings } = caller();
  const { key, workspaceId } = await server.newWorkspace(['settings:read', 'keys:manage']);
  const apiKeyId = await idOf(key);
  await call('POST', settings, { key, body: {} });
  await call('POST', '/trpc/interviews.create', { key, body: {} });
  expect(warnings()).toMatchObject([
    { msg: 'scope refused', scope: 'settings:write', workspaceId, apiKeyId },
    {
      msg: 'scope refused',
      scope: 'interviews:write',
      workspaceId,
      apiKeyId,
      procedure: 'interviews.create',
    },
  ]);
});

it('each refused sign-in and session is a warning, also when the address has tried too often', async () => {
  const { call, warnings } = caller();
  const signIn = (headers: Record<string, string>) =>
    call('POST', '/trpc/session.signIn', { key: null, body: { api_key: 'wrong' }, headers });
  await signIn(sameOrigin);
  await signIn({ 'sec-fetch-site': 'cross-site' });
  const headers = { ...sameOrigin, cookie: 'interview_webhooks_session=iws_none' };
  await call('GET', '/trpc/settings.webhookSettings', { key: null, headers });
  const messages = () => warnings().map(({ msg }) => msg);
  expect(messages()).toEqual(['sign-in refused', 'sign-in refused', 'session refused']);
  let status = 0;
  while (status !== 429) ({ status } = await signIn(sameOrigin));
  expect(messages().at(-1)).toBe('sign-in refused');
});

it('a stream that is refused, at its start or later, is logged as what it was answered', async () => {
  const { headers, requests, warnings } = caller();
  const { key, workspaceId } = await server.newWorkspace();
  const watch = (apiKey: string) =>
    subscribe({ url: server.url, procedure: 'deliveries.live', input: {}, headers: { ...headers, apiKey } });
  const { key: lacking } = await server.newWorkspace(['settings:read']);
  for (const refused of ['a-wrong-key', lacking]) {
    await using stream = await watch(refused);
    expect(await stream.next()).toMatchObject({ event: 'serialized-error' });
    expect(await stream.next()).toBeUndefined();
  }
  await expect.poll(() => requests().map(({ status }) => status)).toEqual([401, 403]);
  expect(warnings()).toMatchObject([
    { msg: 'key refused' },
    { msg: 'scope refused', scope: 'deliveries:read' },
  ]);
  const created = await server.call('POST', '/trpc/apiKeys.create', {
    key,
    body: { name: 'Screen', scopes: ['deliveries:read'] },
  });
  const { data } = (created.json as { result: { data: { api_key: string; api_key_id: string } } }).result;
  await using stream = await watch(data.api_key);
  expect(await stream.next()).toMatchObject({ event: 'message' });
  await server.call('POST', '/trpc/apiKeys.revoke', { key, body: { api_key_id: data.api_key_id } });
  expect(await stream.next()).toMatchObject({ event: 'serialized-error' });
  await expect
    .poll(() => requests().at(-1))
    .toMatchObject({ status: 401, workspaceId, apiKeyId: data.api_key_id });
  expect(warnings().at(-1)).toMatchObject({ msg: 'key refused', workspaceId, apiKeyId: data.api_key_id });
});
