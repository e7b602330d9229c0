import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ RATE_LIMIT_PER_MINUTE: '1000000' });
});
afterAll(() => server[Symbol.asyncDispose]());

type Request = [method: 'GET' | 'POST' | 'HEAD', path: string, options?: Parameters<TestServer['call']>[2]];

const encoded = (value: unknown) => encodeURIComponent(JSON.stringify(value));
const change = { webhooks: { start: { status: false, url: 'https://example.com/start' } } };
const many = (count: number) => Array.from({ length: count }, () => 'settings.webhookSettings').join();
const deep = '['.repeat(40) + ']'.repeat(40);

const requests: Record<string, Request> = {
  'a query': ['GET', '/trpc/settings.webhookSettings'],
  'a query with input': ['GET', `/trpc/interviews.list?input=${encoded({ limit: 1 })}`],
  'a query with an empty input': ['GET', '/trpc/interviews.list?input='],
  'a query with null': ['GET', '/trpc/interviews.list?input=null'],
  'input that is not what it takes': ['GET', `/trpc/interviews.list?input=${encoded({ limit: 'x' })}`],
  'input that is no JSON': ['GET', '/trpc/interviews.list?input={'],
  'input that is no JSON, for nobody': ['GET', '/trpc/settings.webhookSettings?input={'],
  'input that is nested too deep': ['GET', `/trpc/interviews.list?input=${deep}`],
  'input given twice': ['GET', '/trpc/interviews.list?input={}&input={"limit":"x"}'],
  'a mutation': ['POST', '/trpc/settings.updateWebhookSettings', { body: change }],
  'a mutation without a body': ['POST', '/trpc/settings.updateWebhookSettings'],
  'a mutation with an empty body': ['POST', '/trpc/settings.updateWebhookSettings', { raw: '' }],
  'a mutation with null': ['POST', '/trpc/settings.updateWebhookSettings', { raw: 'null' }],
  'a mutation with a list': ['POST', '/trpc/settings.updateWebhookSettings', { raw: '[]' }],
  'a mutation with a text': ['POST', '/trpc/settings.updateWebhookSettings', { raw: '"{}"' }],
  'a mutation with input in the address': [
    'POST',
    `/trpc/settings.updateWebhookSettings?input=${encoded(change)}`,
  ],
  'a mutation by GET': ['GET', '/trpc/settings.updateWebhookSettings'],
  'a query by POST': ['POST', '/trpc/settings.webhookSettings', { body: {} }],
  HEAD: ['HEAD', '/trpc/settings.webhookSettings'],
  'no such procedure': ['GET', '/trpc/settings.nothing'],
  'a name of Object’s': ['GET', '/trpc/constructor'],
  'an answer of nothing': ['GET', '/trpc/session.get'],
  'something that is not there': ['GET', `/trpc/interviews.get?input=${encoded({ ai_interview_id: 'x' })}`],
  'a wrong key': ['GET', '/trpc/settings.webhookSettings', { key: 'wrong' }],
  'no key': ['GET', `/trpc/${many(2)}?batch=1`, { key: null }],
  'a batch of one': ['GET', '/trpc/settings.webhookSettings?batch=1'],
  'a batch': [
    'GET',
    `/trpc/settings.webhookSettings,interviews.list?batch=1&input=${encoded({ 1: { limit: 1 } })}`,
  ],
  'a batch with a fault in it': [
    'GET',
    `/trpc/interviews.list,interviews.list?batch=1&input=${encoded({ 0: { limit: 'x' } })}`,
  ],
  'a batch of faults that differ': [
    'GET',
    `/trpc/interviews.list,interviews.get?batch=1&input=${encoded({ 0: { limit: 'x' }, 1: { ai_interview_id: 'x' } })}`,
  ],
  'a batch with null for input': ['GET', '/trpc/interviews.list?batch=1&input=null'],
  'a batch with a list for input': ['GET', '/trpc/interviews.list?batch=1&input=[]'],
  'a batch with a text for input': ['GET', '/trpc/interviews.list?batch=1&input="x"'],
  'a batch of mutations': [
    'POST',
    '/trpc/settings.updateWebhookSettings,settings.updateWebhookSettings?batch=1',
    { body: { 0: change, 1: {} } },
  ],
  'a batch of mutations without a body': ['POST', '/trpc/settings.updateWebhookSettings?batch=1'],
  'a batch of mutations with a list': [
    'POST',
    '/trpc/settings.updateWebhookSettings?batch=1',
    { raw: '[{}]' },
  ],
  'a batch with a name that there is not': ['GET', '/trpc/settings.webhookSettings,nothing?batch=1'],
  'a batch of queries and mutations': [
    'GET',
    '/trpc/settings.webhookSettings,settings.updateWebhookSettings?batch=1',
  ],
  'a batch that is too long': ['GET', `/trpc/${many(21)}?batch=1`],
  'a batch that is not called one': ['GET', `/trpc/${many(2)}`],
  'a batch by another word': ['GET', `/trpc/${many(2)}?batch=true`],
  'a batch twice': ['GET', `/trpc/${many(2)}?batch=1&batch=1`],
  'parameters of a connection': ['GET', '/trpc/settings.webhookSettings?connectionParams={'],
  'a type that a query has no use for': [
    'GET',
    '/trpc/settings.webhookSettings',
    { headers: { 'content-type': 'multipart/form-data' } },
  ],
};

describe('what is answered without tRPC’s handler is answered as by it', () => {
  /** A header that means nothing to it, and that leaves a request to it. */
  const byHandler = { 'trpc-accept': 'application/json' };
  const told = async ([method, path, options]: Request, headers = {}) => {
    const answer = await server.call(method, path, {
      ...options,
      headers: { ...options?.headers, ...headers },
    });
    const id = answer.headers.get('x-request-id') ?? '';
    return {
      status: answer.status,
      body: answer.text.replaceAll(id, 'ID'),
      vary: answer.headers.get('vary'),
      type: answer.headers.get('content-type')?.split(';')[0],
      wait: answer.headers.get('retry-after'),
    };
  };

  it.each(Object.entries(requests))('%s', async (_name, request) => {
    expect(await told(request)).toEqual(await told(request, byHandler));
  });
});

it('a refused batch says how long to wait, and is logged as what it was refused for', async () => {
  await using limited = await testServer({ RATE_LIMIT_PER_MINUTE: '2' });
  const answer = await limited.call('GET', `/trpc/${many(3)}?batch=1`);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(answer.json).toMatchObject(
    Array(3).fill({ error: { data: { problem: { code: 'rate-limited' } } } }),
  );
  expect(limited.logged().match(/"msg":"rate limited"/g)).toHaveLength(1);
});

it('a stream of lines, as tRPC’s own client may ask for, is one still', async () => {
  const headers = { accept: 'application/jsonl' };
  const { status, text } = await server.call('GET', `/trpc/${many(2)}?batch=1`, { headers });
  expect(status).toBe(200);
  expect(text.trim().split('\n').length).toBeGreaterThan(1);
});

it('a context that cannot be made is a fault of each call, which names the request', async () => {
  const headers = { 'idempotency-key': 'x'.repeat(300) };
  const { json, headers: given } = await server.call('GET', `/trpc/${many(2)}?batch=1`, { headers });
  const problem = { code: 'invalid-input', requestId: given.get('x-request-id') };
  expect(json).toMatchObject(Array(2).fill({ error: { data: { problem } } }));
});
