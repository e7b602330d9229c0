import { Problem } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
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
