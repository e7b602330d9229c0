import { Problem } from '@interview-webhooks/schema';
import { describe, expect, it } from 'vitest';
import { testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';

it('a key that asks too often is told when to come back, on REST and tRPC, and others are not touched', async () => {
  await using server = await testServer({ RATE_LIMIT_PER_MINUTE: '5' });
  const { key } = await server.newWorkspace();
  for (let request = 1; request <= 5; request++) expect((await server.call('GET', path)).status).toBe(200);
  for (const address of [path, '/trpc/settings.webhookSettings']) {
    const answer = await server.call('GET', address);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  }
  expect(Problem.parse((await server.call('GET', path)).json)).toMatchObject({
    code: 'rate-limited',
    status: 429,
  });
  expect((await server.call('GET', path, { key })).status).toBe(200);
});

it('the keys of a workspace share its limit, and the refusal says whose it is', async () => {
  await using server = await testServer({
    RATE_LIMIT_PER_MINUTE: '4',
    WORKSPACE_RATE_LIMIT_PER_MINUTE: '6',
  });
  const made = await server.call('POST', '/trpc/apiKeys.create', {
    body: { name: 'Second', scopes: ['settings:read'] },
  });
  const { api_key: second } = (made.json as { result: { data: { api_key: string } } }).result.data;
  const { key: stranger } = await server.newWorkspace();
  const ask = (key: string) => server.call('GET', path, { key });
  for (let call = 2; call <= 4; call++) expect((await ask(server.key)).status).toBe(200);
  // The key's own limit is used up before the workspace's, and what it is refused the other key still has.
  for (let call = 1; call <= 3; call++) {
    const refused = await ask(server.key);
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('This API key may make 4 calls a minute');
  }
  expect([(await ask(second)).status, (await ask(second)).status]).toEqual([200, 200]);
  const refused = await ask(second);
  expect(refused.status).toBe(429);
  expect(refused.text).toContain('This workspace may make 6 calls a minute');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect((await ask(stranger)).status).toBe(200);
});

describe('what the dashboard asks without a key counts, too', () => {
  const sameOrigin = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const repeated = async (times: number, ask: () => Promise<{ status: number }>) => {
    const statuses: number[] = [];
    for (let time = 1; time <= times; time++) statuses.push((await ask()).status);
    return statuses;
  };

  it('for the key of who is signed in', async () => {
    await using server = await testServer({ RATE_LIMIT_PER_MINUTE: '5' });
    const signIn = () =>
      server.call('POST', '/trpc/session.signIn', {
        key: null,
        body: { api_key: server.key },
        headers: sameOrigin,
      });
    const answer = await signIn();
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const headers = { ...sameOrigin, cookie };
    const get = () => server.call('GET', '/trpc/session.get', { key: null, headers });
    expect(await repeated(4, get)).toEqual([200, 200, 200, 200]);
    const signOut = () => server.call('POST', '/trpc/session.signOut', { key: null, headers });
    for (const ask of [signIn, get, signOut, () => server.call('GET', path)]) {
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect(refused.text).toContain('This API key');
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    }
  });

  it('for the address of anybody else', async () => {
    await using server = await testServer();
    const get = (headers = {}) => server.call('GET', '/trpc/session.get', { key: null, headers });
    const wrong = { cookie: 'interview_webhooks_session=iws_wrong' };
    expect((await repeated(61, () => get(wrong))).filter((status) => status === 429)).toHaveLength(1);
    const statuses = await repeated(601, get);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    const signOut = await server.call('POST', '/trpc/session.signOut', { key: null, headers: sameOrigin });
    expect(signOut.status).toBe(429);
    expect(signOut.text).toContain('This address');
    // Who has a key behind the same address works on.
    expect((await server.call('GET', path)).status).toBe(200);
  });
});

it('addresses of one IPv6 network are one, another network is not touched', async () => {
  await using server = await testServer({ TRUSTED_PROXIES: '127.0.0.0/8' });
  const from = (address: string) =>
    server.call('GET', path, { key: 'wrong', headers: { 'x-forwarded-for': address } });
  for (let host = 1; host <= 60; host++) {
    expect((await from(`2001:db8:0:1:${host.toString(16)}::1`)).status).toBe(401);
  }
  expect((await from('2001:db8:0:1:ffff::2')).status).toBe(429);
  expect((await from('2001:db8:0:2::1')).status).toBe(401);
  for (let time = 1; time <= 30; time++) {
    await from('203.0.113.9');
    await from('::ffff:203.0.113.9');
  }
  expect((await from('203.0.113.9')).status).toBe(429);
});

it('each call of a batch counts', async () => {
  await using server = await testServer({ RATE_LIMIT_PER_MINUTE: '5' });
  const batchOf = async (calls: number) => {
    const names = Array.from({ length: calls }, () => 'settings.webhookSettings').join();
    return (await server.call('GET', `/trpc/${names}?batch=1&input={}`)).status;
  };
  expect([await batchOf(4), await batchOf(1), await batchOf(1)]).toEqual([200, 200, 429]);
});

it('an address that tries wrong keys is stopped long before a key is, right ones still work', async () => {
  await using server = await testServer();
  const statuses = new Map<number, number>();
  for (let attempt = 1; attempt <= 70; attempt++) {
    const { status } = await server.call('GET', path, { key: `wrong-${attempt}` });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(statuses)).toEqual({ 401: 60, 429: 10 });
  const signIn = { body: { api_key: 'wrong' }, headers: { 'sec-fetch-site': 'same-origin' }, key: null };
  const refused = await server.call('POST', '/trpc/session.signIn', signIn);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await server.call('GET', path)).status).toBe(200);
});
