import type { AppRouter } from '@interview-webhooks/api';
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** One way to call the settings; every case is driven through both and must end the same. */
interface Caller {
  update(body: unknown): Promise<Outcome>;
  read(): Promise<Outcome>;
}
type Outcome = { ok: true; json: string } | { ok: false; status: number; code: string; errors: string[] };

function restCaller(key: string, prefix: string): Caller {
  const outcome = async (method: string, body?: unknown): Promise<Outcome> => {
    const { status, text, json } = await server.call(method, prefix + path, { key, body });
    if (status === 200) return { ok: true, json: text };
    return refusal(json);
  };
  return { update: (body) => outcome('POST', body), read: () => outcome('GET') };
}

function trpcCaller(key: string): Caller {
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${server.url}/trpc`, headers: { apiKey: key } })],
  });
  const outcome = async (call: () => Promise<unknown>): Promise<Outcome> => {
    try {
      return { ok: true, json: JSON.stringify(await call()) };
    } catch (error) {
      if (!(error instanceof TRPCClientError)) throw error;
      return refusal((error as TRPCClientError<AppRouter>).data?.problem);
    }
  };
  return {
    // The cases send what no typed caller could.
    update: (body) => outcome(() => client.settings.updateWebhookSettings.mutate(body as never)),
    read: () => outcome(() => client.settings.webhookSettings.query()),
  };
}

function refusal(problem: unknown): Outcome {
  const {
    status,
    code,
    errors = [],
  } = problem as { status: number; code: string; errors?: { path: string; message: string }[] };
  return { ok: false, status, code, errors: errors.map((error) => `${error.path}: ${error.message}`) };
}

const documented = {
  webhooks: {
    start: { status: true, url: 'https://example.com/webhook/start' },
    submission: { status: true, url: 'https://example.com/webhook/submission' },
    auth: { type: 'basic', basic: { username: 'user', password: 'pass' } },
  },
  updateAll: true,
};
const documentedAnswer =
  '{"webhooks":{"start":{"status":true,"url":"https://example.com/webhook/start"},"submission":{"status":true,"url":"https://example.com/webhook/submission"},"auth":{"type":"basic","basic":{"username":"user","password":null,"hasPassword":true},"apikey":{"header":null,"apikey":null}}}}';
const neverConfigured =
  '{"webhooks":{"start":{"status":false,"url":null},"submission":{"status":false,"url":null},"auth":{"type":null,"basic":{"username":null,"password":null},"apikey":{"header":null,"apikey":null}}}}';
const noAuth = {
  type: null,
  basic: { username: null, password: null },
  apikey: { header: null, apikey: null },
};

/** Updates in a row, each with what the settings must show afterwards. */
const accepted: [name: string, body: unknown, shows: object][] = [
  [
    'start alone, the rest is preserved',
    { webhooks: { start: { status: false, url: 'https://example.com/other' } } },
    {
      start: { status: false, url: 'https://example.com/other' },
      submission: documented.webhooks.submission,
      auth: { basic: { username: 'user', hasPassword: true } },
    },
  ],
  [
    'status alone keeps the URL',
    { webhooks: { start: { status: true } } },
    { start: { status: true, url: 'https://example.com/other' } },
  ],
  [
    'a URL is cleared by null',
    { webhooks: { start: { status: false, url: null } } },
    { start: { status: false, url: null } },
  ],
  [
    'a new username keeps the password',
    { webhooks: { auth: { type: 'basic', basic: { username: 'renamed', password: null } } } },
    {
      auth: { basic: { username: 'renamed', password: null, hasPassword: true } },
    },
  ],
  [
    'an API key in the other spelling',
    { webhooks: { auth: { type: 'apikey', apikey: { key: 'X-Hook-Key', value: 's3cr3t-value' } } } },
    {
      auth: {
        type: 'apikey',
        basic: noAuth.basic,
        apikey: { header: 'X-Hook-Key', apikey: null, hasApikey: true },
      },
    },
  ],
  [
    'auth.status false removes auth',
    { webhooks: { auth: { status: false, type: 'apikey' } } },
    { auth: noAuth },
  ],
  ['auth null on none is none', { webhooks: { auth: null } }, { auth: noAuth }],
];

/** Updates of fresh settings that must be refused, and where. */
const refused: [name: string, body: unknown, ...where: string[]][] = [
  ['no webhooks object', {}, 'webhooks'],
  ['an empty webhooks object', { webhooks: {} }, 'webhooks'],
  ['a list', [], ''],
  ['a URL that is none', { webhooks: { start: { status: true, url: 'nope' } } }, 'webhooks.start.url'],
  ['an empty URL', { webhooks: { start: { url: '' } } }, 'webhooks.start.url'],
  [
    'a URL of another scheme',
    { webhooks: { start: { status: true, url: 'ftp://example.com/x' } } },
    'webhooks.start.url',
  ],
  [
    'credentials in a URL',
    { webhooks: { start: { url: 'https://u:p@example.com/x' } } },
    'webhooks.start.url',
  ],
  ['plain http', { webhooks: { start: { url: 'http://example.com/x' } } }, 'webhooks.start.url'],
  [
    'private and metadata addresses',
    { webhooks: { start: { url: 'https://10.0.0.1/' }, submission: { url: 'https://169.254.169.254/' } } },
    'webhooks.start.url',
    'webhooks.submission.url',
  ],
  ['an address in hex', { webhooks: { start: { url: 'https://0x0a000001/' } } }, 'webhooks.start.url'],
  ['enabling without a URL', { webhooks: { submission: { status: true } } }, 'webhooks.submission.url'],
  [
    'a status that is no boolean',
    { webhooks: { submission: { status: 'yes' } } },
    'webhooks.submission.status',
  ],
  ['an unknown auth type', { webhooks: { auth: { type: 'oauth' } } }, 'webhooks.auth.type'],
  [
    'basic auth without credentials',
    { webhooks: { auth: { type: 'basic' } } },
    'webhooks.auth.basic.username',
    'webhooks.auth.basic.password',
  ],
  [
    'a colon in a username',
    { webhooks: { auth: { type: 'basic', basic: { username: 'a:b', password: 'c' } } } },
    'webhooks.auth.basic.username',
  ],
  [
    'a header name that is none',
    { webhooks: { auth: { type: 'apikey', apikey: { header: 'X Key', apikey: 'v' } } } },
    'webhooks.auth.apikey.header',
  ],
  [
    'a line break in a header',
    { webhooks: { auth: { type: 'apikey', apikey: { header: 'X-Key', apikey: 'v\r\nHost: evil' } } } },
    'webhooks.auth.apikey.apikey',
  ],
  ['a misspelt key', { webhooks: { submision: { status: true } } }, 'webhooks.submision'],
  [
    'updateAll that is no boolean',
    { webhooks: { start: { status: false } }, updateAll: 'true' },
    'updateAll',
  ],
  [
    'everything at once, in whatever way it is wrong',
    {
      webhooks: {
        start: { status: 'yes', url: 'nope' },
        submission: { status: true, url: 'https://10.0.0.1/' },
        auth: { type: 'basic', basic: { username: 'a:b' } },
      },
      updateAll: 1,
      extra: true,
    },
    'webhooks.start.status',
    'webhooks.start.url',
    'webhooks.auth.basic.username',
    'updateAll',
    'extra',
    'webhooks.submission.url',
    'webhooks.auth.basic.password',
  ],
];

describe.each([
  ['REST', (key: string) => restCaller(key, '')],
  ['REST under /api/v2', (key: string) => restCaller(key, '/api/v2')],
  ['tRPC', trpcCaller],
] as const)('over %s', (_name, callerFor) => {
  it('settings begin unconfigured, take the documented request and give the documented answer', async () => {
    const caller = callerFor((await server.newWorkspace()).key);
    expect(await caller.read()).toEqual({ ok: true, json: neverConfigured });
    expect(await caller.update(documented)).toEqual({ ok: true, json: documentedAnswer });
    expect(await caller.read()).toEqual({ ok: true, json: documentedAnswer });
    expect(await caller.update(JSON.parse(documentedAnswer))).toEqual({ ok: true, json: documentedAnswer });
  });

  it('updates change what they carry and keep the rest', async () => {
    const caller = callerFor((await server.newWorkspace()).key);
    await caller.update(documented);
    for (const [name, body, shows] of accepted) {
      const outcome = await caller.update(body);
      if (!outcome.ok) throw new Error(`${name}: ${outcome.errors.join()}`);
      expect(JSON.parse(outcome.json), name).toMatchObject({ webhooks: shows });
      expect(outcome.json).not.toContain('s3cr3t-value');
      expect(await caller.read(), name).toEqual(outcome);
    }
  });

  it.each(refused)('%s is refused and changes nothing', async (_case, body, ...where) => {
    const caller = callerFor((await server.newWorkspace()).key);
    const outcome = await caller.update(body);
    expect(outcome).toMatchObject({ ok: false, status: 400, code: 'invalid-input' });
    if (!outcome.ok) expect(outcome.errors.map((error) => error.split(': ')[0])).toEqual(where);
    expect(await caller.read()).toEqual({ ok: true, json: neverConfigured });
  });

  it('the credentials of a changed auth type are gone', async () => {
    const caller = callerFor((await server.newWorkspace()).key);
    await caller.update(documented);
    await caller.update({ webhooks: { auth: { type: 'apikey', apikey: { header: 'X-A', apikey: 'v' } } } });
    expect(
      await caller.update({ webhooks: { auth: { type: 'basic', basic: { username: 'user' } } } }),
    ).toMatchObject({
      errors: ['webhooks.auth.basic.password: is required; no password is stored for this auth type'],
    });
  });

  it('a key that is missing, wrong or lacks the scope is told so', async () => {
    expect(await callerFor('').read()).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(await callerFor('wrong').update(documented)).toMatchObject({
      status: 401,
      code: 'unauthenticated',
    });
    const reader = callerFor((await server.newWorkspace(['settings:read'])).key);
    expect(await reader.read()).toMatchObject({ ok: true });
    expect(await reader.update(documented)).toMatchObject({ status: 403, code: 'missing-scope' });
  });
});
