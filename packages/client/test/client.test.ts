import { startServer, type StartedServer } from '@interview-webhooks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient, isApiError, problemOf, UnexpectedAnswerError } from '../src/index.ts';
import { type Proxied, scriptedProxy } from './scripted-proxy.ts';

let server: StartedServer;
let proxy: Proxied;
beforeAll(async () => {
  server = await startServer();
  proxy = await scriptedProxy(server.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const client = (more: object = {}) => createClient({ url: proxy.url, apiKey: server.apiKey, ...more });
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => Promise.reject(new Error('was not refused')),
    (error: unknown) => error,
  );

it('calls of one moment are one request', async () => {
  const api = client();
  proxy.requests.length = 0;
  const [settings, interviews] = await Promise.all([
    api.settings.webhookSettings.query(),
    api.interviews.list.query({ limit: 5 }),
  ]);
  expect(settings.webhooks.start.status).toBe(false);
  expect(interviews.data).toEqual([]);
  expect(proxy.requests.map(({ path }) => path.split('?')[0])).toEqual([
    '/trpc/settings.webhookSettings,interviews.list',
  ]);
});

it('more calls than fit into a batch are several requests', async () => {
  const api = client();
  const counts = await Promise.all(Array.from({ length: 45 }, () => api.interviews.count.query()));
  expect(counts).toHaveLength(45);
});

it('what creates something goes alone, each with a key of its own, and is created once when it is repeated', async () => {
  const api = client();
  proxy.requests.length = 0;
  // The first two reach the server and lose their answers.
  proxy.script.push('lose-answer', 'lose-answer');
  const created = await Promise.all(
    ['One', 'Two'].map((ai_interview_name) => api.interviews.create.mutate({ ai_interview_name })),
  );
  expect(created.map(({ ai_interview_name }) => ai_interview_name)).toEqual(['One', 'Two']);
  const keys = proxy.requests.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(4);
  expect(new Set(keys).size).toBe(2);
  expect((await api.interviews.list.query()).data).toHaveLength(2);
});

it('a key of the caller’s own is used', async () => {
  const create = () =>
    client().interviews.create.mutate({ ai_interview_name: 'Mine' }, { context: { idempotencyKey: 'k-1' } });
  expect(await create()).toEqual(await create());
});

it('a mutation that would be done twice is not repeated', async () => {
  proxy.requests.length = 0;
  proxy.script.push('lose-answer');
  const error = await refusal(client().apiKeys.create.mutate({ name: 'x', scopes: ['settings:read'] }));
  expect(isApiError(error)).toBe(true);
  expect(problemOf(error)).toBeUndefined();
  expect(proxy.requests).toHaveLength(1);
});

it('429 and 503 are repeated as the server asks, whether it or a proxy says so', async () => {
  proxy.requests.length = 0;
  proxy.script.push(
    { status: 503, body: '<h1>Back soon</h1>', headers: { 'retry-after': '0', 'content-type': 'text/html' } },
    { status: 429, body: '', headers: { 'retry-after': '0' } },
  );
  expect(await client().settings.webhookSettings.query()).toHaveProperty('webhooks');
  expect(proxy.requests).toHaveLength(3);
});

it('a refusal of the server’s own for a moment is repeated as well', async () => {
  proxy.requests.length = 0;
  const problem = { code: 'rate-limited', status: 429 };
  const error = {
    message: 'Slow down',
    code: -32029,
    data: { code: 'TOO_MANY_REQUESTS', httpStatus: 429, problem },
  };
  proxy.script.push({
    status: 429,
    body: JSON.stringify([{ error }]),
    headers: { 'retry-after': '0', 'content-type': 'application/json' },
  });
  await client().settings.updateWebhookSettings.mutate({ webhooks: { auth: null } });
  expect(proxy.requests).toHaveLength(2);
});

it('gives up after as many repetitions as it was told', async () => {
  proxy.requests.length = 0;
  const busy = { status: 503, body: '', headers: { 'retry-after': '0' } };
  proxy.script.push(busy, busy);
  const error = await refusal(client({ retries: 1 }).settings.webhookSettings.query());
  expect(isApiError(error) && error.cause).toBeInstanceOf(UnexpectedAnswerError);
  expect(proxy.requests).toHaveLength(2);
});

it('an answer that stays out is ended by the time-out, and the call repeated', async () => {
  proxy.requests.length = 0;
  proxy.script.push('never');
  expect(await client({ timeout: 500 }).settings.webhookSettings.query()).toHaveProperty('webhooks');
  expect(proxy.requests).toHaveLength(2);
});

it('an abort ends the wait for the next attempt', async () => {
  proxy.requests.length = 0;
  proxy.script.push({ status: 503, body: '', headers: { 'retry-after': '59' } });
  const abort = new AbortController();
  const call = refusal(client().interviews.count.query(undefined, { signal: abort.signal }));
  await proxy.until(() => proxy.requests.length === 1);
  abort.abort();
  expect(isApiError(await call)).toBe(true);
  expect(proxy.requests).toHaveLength(1);
});

it('a redirect is not followed: the key stays here', async () => {
  proxy.requests.length = 0;
  proxy.script.push({ status: 307, body: '', headers: { location: `${server.url}/trpc/interviews.count` } });
  const error = await refusal(client().interviews.count.query());
  expect(isApiError(error) && error.cause).toMatchObject({ status: 307 });
  expect(proxy.requests).toHaveLength(1);
});

it('a refusal says its code and every field', async () => {
  const error = await refusal(
    client().settings.updateWebhookSettings.mutate({
      webhooks: { start: { status: true, url: 'https://10.0.0.1/' }, auth: { type: 'basic' } },
    }),
  );
  const problem = problemOf(error);
  expect(problem).toMatchObject({ code: 'invalid-input', status: 400 });
  expect(problem?.errors?.map(({ path }) => path)).toEqual([
    'webhooks.start.url',
    'webhooks.auth.basic.username',
    'webhooks.auth.basic.password',
  ]);
  const wrongKey = createClient({ url: `${server.url}/`, apiKey: 'wrong' });
  expect(problemOf(await refusal(wrongKey.settings.webhookSettings.query()))?.code).toBe('unauthenticated');
});

it('a subscription gives what changes, with the key in a header, and says why it is refused', async () => {
  const api = client({ url: server.url });
  const pages: unknown[] = [];
  const first = new Promise<void>((resolve, reject) => {
    const subscription = api.deliveries.live.subscribe(
      { limit: 5 },
      {
        onData: ({ data }) => {
          pages.push(data);
          subscription.unsubscribe();
          resolve();
        },
        onError: reject,
      },
    );
  });
  await first;
  expect(pages).toEqual([[]]);
  const refused = await new Promise((resolve) => {
    const stranger = createClient({ url: server.url, apiKey: 'none' });
    stranger.deliveries.listen.subscribe({}, { onError: resolve });
  });
  expect(problemOf(refused)?.code).toBe('unauthenticated');
});
