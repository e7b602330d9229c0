import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
let workspaces: Workspace[];
beforeAll(async () => {
  server = await testServer({ RATE_LIMIT_PER_MINUTE: '1000000' });
  workspaces = await Promise.all(['one', 'two', 'three'].map(workspace));
});
afterAll(() => server[Symbol.asyncDispose]());

interface Workspace {
  key: string;
  /** In its settings and nobody else's. */
  url: string;
}

const settings = '/ai-interviews/settings/webhooks';

async function workspace(name: string): Promise<Workspace> {
  const { key } = await server.newWorkspace();
  const url = `https://example.com/${name}`;
  const body = { webhooks: { start: { status: false, url } } };
  expect((await server.call('POST', settings, { key, body })).status).toBe(200);
  return { key, url };
}

const batchOf = (...names: string[]) => `/trpc/${names.join()}?batch=1&input={}`;

it('of requests side by side, by REST, tRPC and in batches, each answers its own workspace', async () => {
  const paths = [
    settings,
    '/trpc/settings.webhookSettings',
    batchOf('settings.webhookSettings', 'settings.history', 'session.get', 'settings.webhookSettings'),
  ];
  const asking = Array.from({ length: 30 }, () =>
    workspaces.flatMap((one) => paths.map((path) => ({ ...one, path }))),
  );
  const answers = await Promise.all(
    asking.flat().map(async ({ key, url, path }) => {
      const { status, text } = await server.call('GET', path, { key });
      return { url, status, urls: [...new Set(text.match(/https:\/\/example\.com\/\w+/g))] };
    }),
  );
  for (const { url, status, urls } of answers) expect({ status, urls }).toEqual({ status: 200, urls: [url] });
});

it('what one call of a batch found out about its caller opens nothing that is for others', async () => {
  const [one] = workspaces;
  const { key } = await server.newWorkspace(['settings:read']);
  const names = ['settings.webhookSettings', 'session.get', 'interviews.list'];
  const mixed = await server.call('GET', batchOf(...names), { key });
  expect(mixed.status).toBe(207);
  expect(mixed.json).toMatchObject([
    { result: { data: { webhooks: {} } } },
    // A key is no session.
    { result: { data: null } },
    { error: { data: { httpStatus: 403, problem: { code: 'missing-scope' } } } },
  ]);
  expect(mixed.text).not.toContain(one?.url);
});

it('a request without a key has nothing of the one before it on the same connection', async () => {
  for (const path of [settings, '/trpc/settings.webhookSettings', batchOf('settings.webhookSettings')]) {
    for (const { key } of workspaces) {
      expect((await server.call('GET', path, { key })).status).toBe(200);
      expect((await server.call('GET', path, { key: null })).status).toBe(401);
    }
  }
});

it('each request has an id of its own, in its header and in what is wrong with it', async () => {
  const ids = await Promise.all(
    Array.from({ length: 20 }, async (_none, at) => {
      const path = at % 2 === 0 ? settings : '/trpc/settings.webhookSettings';
      const { headers, text } = await server.call('GET', path, { key: null });
      const id = headers.get('x-request-id') ?? '';
      expect(text).toContain(`"requestId":"${id}"`);
      return id;
    }),
  );
  expect(new Set(ids).size).toBe(20);
});
