import { allScopes, AuditPage, type Scope } from '@interview-webhooks/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const trail = async (key: string, query = '') => {
  const answer = await server.call('GET', `/api/v2/ai-interviews/audit${query}`, { key });
  expect(answer.status).toBe(200);
  return AuditPage.parse(answer.json).data;
};

it('shows who did what, through REST and the dashboard alike', async () => {
  const { key } = await server.newWorkspace();
  const webhooks = { start: { status: true, url: 'https://example.com/hook' } };
  await server.call('POST', '/ai-interviews/settings/webhooks', { key, body: { webhooks } });
  await server.call('POST', '/trpc/session.signIn', {
    key: null,
    body: { api_key: key },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const [signIn, update] = await trail(key);
  expect(update).toMatchObject({
    action: 'settings.updated',
    actor: { type: 'api_key', name: 'Other owner' },
    target: { type: 'settings', id: '1', name: null },
  });
  expect(signIn).toMatchObject({ action: 'session.started', actor: { type: 'dashboard' } });
  const query = new URLSearchParams({ actor: update?.actor.id ?? '', action: 'settings.updated' });
  expect(await trail(key, `?${query.toString()}`)).toEqual([update]);
});

it('is for who may read it or manage keys, also by a key from before there was a trail', async () => {
  const statusFor = async (scopes: readonly Scope[]) => {
    const { key } = await server.newWorkspace(scopes);
    return (await server.call('GET', '/ai-interviews/audit', { key })).status;
  };
  const before = allScopes.filter((scope) => scope !== 'audit:read');
  expect(await statusFor(before)).toBe(200);
  expect(await statusFor(['audit:read'])).toBe(200);
  expect(await statusFor(before.filter((scope) => scope !== 'keys:manage'))).toBe(403);
});
