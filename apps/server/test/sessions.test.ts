import { openDatabase } from '@interview-webhooks/database';
import { databaseOf, isLocalMode } from '@interview-webhooks/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subscribe } from './support/subscription.ts';
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
      data: {
        workspace: { name: 'My workspace' },
        api_key: { name: 'Owner' },
        local: isLocalMode,
        demo: false,
      },
    },
  });
});

describe('over https', () => {
  const hostCookie =
    /^__Host-interview_webhooks_session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/;
  const origin = 'https://hooks.example';
  let published: TestServer;
  beforeAll(async () => {
    published = await testServer({ PUBLIC_URL: `${origin}/` });
  });
  afterAll(() => published[Symbol.asyncDispose]());

  const signInAt = (at: TestServer, headers: Record<string, string>) =>
    at.call('POST', '/trpc/session.signIn', { key: null, body: { api_key: at.key }, headers });

  it('by PUBLIC_URL the cookie is bound to the host, whatever the proxy says, and opens the session', async () => {
    // The proxy rewrites Host and says nothing of itself: the page's Origin is that of PUBLIC_URL.
    const answer = await signInAt(published, { origin });
    expect(answer.status).toBe(200);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(hostCookie);
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    const read = await published.call('GET', '/ai-interviews/settings/webhooks', { key: null, headers });
    expect(read.status).toBe(200);
    const signedOut = await published.call('POST', '/trpc/session.signOut', {
      key: null,
      headers: { ...headers, origin, 'content-type': 'application/json' },
    });
    expect(signedOut.headers.get('set-cookie')).toMatch(
      /^__Host-interview_webhooks_session=; Max-Age=0; Path=\/; Expires=Thu, 01 Jan 1970.*; Secure;/,
    );
  });

  it('behind a trusted proxy that speaks https it is the same', async () => {
    await using proxied = await testServer({ TRUSTED_PROXIES: '127.0.0.0/8' });
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'hooks.example:443' };
    const answer = await signInAt(proxied, { ...forwarded, origin });
    expect(answer.headers.get('set-cookie')).toMatch(hostCookie);
  });

  it('a page that the proxy hides is refused with what to set', async () => {
    const answer = await signInAt(server, { origin });
    expect(answer.status).toBe(403);
    for (const word of ['PUBLIC_URL', 'Host', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'TRUSTED_PROXIES']) {
      expect(answer.text).toContain(word);
    }
  });

  it('a cookie that another host of the site could have set opens nothing; signing in ends its session', async () => {
    const cookie = (await signInAt(published, { origin })).headers.get('set-cookie')?.split(';')[0] ?? '';
    const plain = cookie.replace('__Host-', '');
    const statusWith = async (cookie: string) => {
      const options = { key: null, headers: { cookie } };
      return (await published.call('GET', '/trpc/settings.webhookSettings', options)).status;
    };
    expect([await statusWith(cookie), await statusWith(plain)]).toEqual([200, 401]);
    const again = await signInAt(published, { origin, cookie: plain });
    expect(again.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^interview_webhooks_session=; .*Expires=Thu, 01 Jan 1970/),
      expect.stringMatching(hostCookie),
    ]);
    expect(await statusWith(cookie)).toBe(401);
  });
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
  [{ 'sec-fetch-site': '' }, 403],
  [{ 'sec-fetch-site': 'same-origin, cross-site' }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'none' }, 200],
] as const)('a change by cookie with %j is answered %i', async (headers, status) => {
  const { pair } = await signIn();
  const body = { webhooks: { start: { status: false } } };
  const answer = await trpc('POST', 'settings.updateWebhookSettings', {
    body,
    headers: { ...headers, cookie: pair },
  });
  expect(answer.status).toBe(status);
});

describe('a read by cookie', () => {
  const reads = ['/trpc/settings.webhookSettings', '/trpc/session.get', '/ai-interviews/settings/webhooks'];
  it.each([
    [{}, 200],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'SAME-ORIGIN' }, 403],
    [{ origin: 'https://evil.example' }, 403],
  ] as const)('with %j is answered %i', async (headers, status) => {
    const { pair } = await signIn();
    for (const path of reads) {
      const answer = await server.call('GET', path, { key: null, headers: { ...headers, cookie: pair } });
      expect(answer.status, path).toBe(status);
    }
    await using stream = await subscribe({
      url: server.url,
      procedure: 'deliveries.live',
      input: {},
      headers: { ...headers, cookie: pair },
    });
    const first = await stream.next();
    if (status === 200) expect(first?.event).toBe('message');
    else
      expect(first).toMatchObject({ data: { data: { httpStatus: 403, problem: { code: 'cross-origin' } } } });
  });

  it('without the cookie is anybody’s, as ever', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await trpc('GET', 'session.get', { headers })).json).toEqual({ result: { data: null } });
    const byKey = await server.call('GET', '/ai-interviews/settings/webhooks', { headers });
    expect(byKey.status).toBe(200);
  });
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

interface Listed {
  session_id: string;
  user_agent: string;
  address: string;
  current: boolean;
}

it('sessions are listed with their browser and can be ended: their requests at once, their streams soon after', async () => {
  await using own = await testServer();
  const signInFrom = async (userAgent: string) => {
    const headers = { ...sameOrigin, 'user-agent': userAgent };
    const options = { key: null, body: { api_key: own.key }, headers };
    const answer = await own.call('POST', '/trpc/session.signIn', options);
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  const [mine, lost] = [await signInFrom('Desk'), await signInFrom('Lost laptop')];
  const headers = { ...sameOrigin, cookie: mine };
  const list = async () => {
    const { json } = await own.call('GET', '/trpc/sessions.list', { key: null, headers });
    return (json as { result: { data: { data: Listed[] } } }).result.data.data;
  };
  const listed = await list();
  expect(listed).toMatchObject([
    { user_agent: 'Lost laptop', address: '127.0.0.1', current: false, api_key: { name: 'Owner' } },
    { user_agent: 'Desk', address: '127.0.0.1', current: true, api_key: { name: 'Owner' } },
  ]);
  await using stream = await subscribe({
    url: own.url,
    procedure: 'deliveries.live',
    input: {},
    headers: { cookie: lost },
  });
  expect((await stream.next())?.event).toBe('message');

  const end = { key: null, body: { session_id: listed[0]?.session_id }, headers };
  expect((await own.call('POST', '/trpc/sessions.end', end)).status).toBe(200);
  const refused = await own.call('GET', '/trpc/settings.webhookSettings', {
    key: null,
    headers: { cookie: lost },
  });
  expect(refused.status).toBe(401);
  expect(await stream.next()).toMatchObject({ data: { data: { httpStatus: 401 } } });
  expect(await stream.next()).toBeUndefined();
  expect((await list()).map(({ user_agent }) => user_agent)).toEqual(['Desk']);
  expect((await own.call('POST', '/trpc/sessions.end', end)).status).toBe(404);
  const audit = await own.call('GET', '/ai-interviews/audit?action=session.revoked');
  expect(audit.json).toMatchObject({ data: [{ actor: { type: 'dashboard' }, target: { name: 'Owner' } }] });
});

it('nobody ends or lists sessions without keys:manage', async () => {
  const { key } = await server.newWorkspace(['settings:read', 'settings:write']);
  expect((await server.call('GET', '/trpc/sessions.list', { key })).status).toBe(403);
  expect((await server.call('POST', '/trpc/sessions.end', { key, body: { session_id: 'x' } })).status).toBe(
    403,
  );
});

it('a page that nobody looks at, and a stream, keep no session from ending idle', async () => {
  await using own = await testServer();
  const options = { key: null, body: { api_key: own.key }, headers: sameOrigin };
  const signedIn = await own.call('POST', '/trpc/session.signIn', options);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { uri, name } = await databaseOf(own.dataDir);
  const database = openDatabase(uri, { name });
  await database.connect();
  try {
    const before = new Date(Date.now() - 10 * 60_000);
    const seenAfter = async (use: () => Promise<unknown>) => {
      await database.sessions.updateMany({}, { $set: { lastSeenAt: before } });
      await use();
      return (await database.sessions.findOne().orFail().lean()).lastSeenAt;
    };
    const read = (headers: Record<string, string>) => () =>
      own.call('GET', '/trpc/settings.webhookSettings', { key: null, headers: { cookie, ...headers } });
    const watch = async () => {
      const input = { url: own.url, procedure: 'deliveries.live', input: {}, headers: { cookie } };
      await using stream = await subscribe(input);
      await stream.next();
    };
    expect(await seenAfter(read({ 'x-unattended': 'true' }))).toEqual(before);
    expect(await seenAfter(watch)).toEqual(before);
    expect(await seenAfter(read({}))).not.toEqual(before);
  } finally {
    await database.close();
  }
});
