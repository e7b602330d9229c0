import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const trpc = (method: string, procedure: string, options: Parameters<TestServer['call']>[2] = {}) =>
  server.call(method, `/trpc/${procedure}`, { key: null, ...options });

async function signIn() {
  const answer = await trpc('POST', 'session.signIn', { body: { api_key: server.key }, headers: sameOrigin });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie') ?? '';
  return { answer, cookie, pair: cookie.split(';')[0] ?? '' };
}

it('signing in gives a cookie that scripts and other sites cannot use, and no token in the answer', async () => {
  const { answer, cookie, pair } = await signIn();
  expect(cookie).toMatch(/; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
  expect(answer.text).not.toContain(pair.split('=')[1]);
  expect((await trpc('GET', 'session.get', { headers: { cookie: pair } })).json).toMatchObject({
    result: {
      data: { workspace: { name: 'My workspace' }, api_key: { name: 'Owner' }, local: true, demo: false },
    },
  });
});

it('behind a trusted proxy that speaks https the cookie is Secure', async () => {
  await using proxied = await testServer({ TRUSTED_PROXIES: '127.0.0.0/8' });
  const answer = await proxied.call('POST', '/trpc/session.signIn', {
    body: { api_key: proxied.key },
    headers: {
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'hooks.example',
      origin: 'https://hooks.example',
    },
  });
  expect(answer.headers.get('set-cookie')).toContain('; Secure');
});

it('a session may do what its key may', async () => {
  const { pair } = await signIn();
  expect((await trpc('GET', 'settings.webhookSettings', { headers: { cookie: pair } })).status).toBe(200);
  expect((await trpc('GET', 'apiKeys.list?input={}', { headers: { cookie: pair } })).status).toBe(200);
});

it.each([
  [{}, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ 'sec-fetch-site': 'same-origin' }, 200],
] as const)('a change by cookie with %j is answered %i', async (headers, status) => {
  const { pair } = await signIn();
  const body = { webhooks: { start: { status: false } } };
  const answer = await trpc('POST', 'settings.updateWebhookSettings', {
    body,
    headers: { ...headers, cookie: pair },
  });
  expect(answer.status).toBe(status);
});

it('the page’s own Origin will do for browsers without Sec-Fetch-Site', async () => {
  const { pair } = await signIn();
  const body = { webhooks: { start: { status: false } } };
  const answer = await trpc('POST', 'settings.updateWebhookSettings', {
    body,
    headers: { origin: server.url, cookie: pair },
  });
  expect(answer.status).toBe(200);
});

it('signing out ends the session on the server', async () => {
  const { pair } = await signIn();
  const answer = await trpc('POST', 'session.signOut', {
    headers: { ...sameOrigin, cookie: pair, 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('set-cookie')).toContain('Expires=Thu, 01 Jan 1970');
  expect((await trpc('GET', 'settings.webhookSettings', { headers: { cookie: pair } })).status).toBe(401);
  expect((await trpc('GET', 'session.get', { headers: { cookie: pair } })).json).toEqual({
    result: { data: null },
  });
});

it('revoking the key ends the sessions it opened', async () => {
  const create = await server.call('POST', '/trpc/apiKeys.create', {
    body: { name: 'x', scopes: ['settings:read'] },
  });
  const { api_key, api_key_id } = (
    create.json as { result: { data: { api_key: string; api_key_id: string } } }
  ).result.data;
  const answer = await trpc('POST', 'session.signIn', { body: { api_key }, headers: sameOrigin });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  await server.call('POST', '/trpc/apiKeys.revoke', { body: { api_key_id } });
  expect((await trpc('GET', 'settings.webhookSettings', { headers: { cookie } })).status).toBe(401);
});
