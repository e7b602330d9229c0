import { isLocalMode } from '@interview-webhooks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
let proxied: TestServer;
beforeAll(async () => {
  [server, proxied] = await Promise.all([testServer(), testServer({ TRUSTED_PROXIES: '127.0.0.0/8' })]);
});
afterAll(() => Promise.all([server, proxied].map((one) => one[Symbol.asyncDispose]())));

const settings = '/ai-interviews/settings/webhooks';
const html = { accept: 'text/html' };
type Request = [method: string, path: string, options: Parameters<TestServer['call']>[2], status: number];

const pages: Request[] = [
  ['GET', '/', { headers: html }, 200],
  ['GET', '/settings', { headers: html }, 200],
  ['GET', '/docs/static/index.html', { headers: html }, 200],
];
const answers: Request[] = [
  ['GET', settings, {}, 200],
  ['POST', settings, { body: {} }, 400],
  ['POST', settings, { raw: '{' }, 400],
  ['POST', settings, { raw: 'x', headers: { 'content-type': 'text/plain' } }, 415],
  ['POST', settings, { raw: ' '.repeat(70_000) }, 413],
  ['GET', settings, { key: null }, 401],
  ['PATCH', settings, {}, 405],
  ['GET', '/nothing', {}, 404],
  ['GET', '/trpc/settings.webhookSettings', {}, 200],
  ['GET', '/trpc/nothing', {}, 404],
  ['POST', '/trpc/settings.updateWebhookSettings', { raw: '{' }, 400],
  ['GET', '/openapi.json', {}, 200],
  ['GET', '/healthz', {}, 200],
  ['GET', '/favicon.svg', {}, 200],
  ['POST', '/inbox/demo', { body: {} }, isLocalMode ? 200 : 404],
];
/** Refused before any route is found, and before anybody asks what a proxy says. */
const undecodable: Request = ['GET', '/%E0%A4%A', {}, 400];
const named = (requests: Request[]) =>
  requests.map((request) => [`${request[0]} ${request[1]} (${request[3]})`, request] as const);

async function headersOf([method, path, options, status]: Request, from = server): Promise<Headers> {
  const answer = await from.call(method, path, options);
  expect(answer.status).toBe(status);
  return answer.headers;
}

it.each(named([...pages, ...answers, undecodable]))(
  '%s can be framed, sniffed and loaded by nobody',
  async (_name, request) => {
    const headers = await headersOf(request);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
    });
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none';/);
    for (const directive of ['frame-ancestors', 'base-uri', 'form-action']) {
      expect(policy).toMatch(new RegExp(`;\\s?${directive} 'none'`));
    }
    // Nothing says what it is made with.
    expect([...headers.keys()].filter((name) => /powered|^server$/.test(name))).toEqual([]);
  },
);

it.each(named([...answers.filter(([, path]) => path !== '/favicon.svg'), undecodable]))(
  '%s is kept in no cache',
  async (_name, request) => {
    expect((await headersOf(request)).get('cache-control')).toBe('no-store');
  },
);

it.each(named([...answers, undecodable]))(
  '%s may run nothing, should it be shown as a page',
  async (_name, request) => {
    const policy = (await headersOf(request)).get('content-security-policy');
    expect(policy).not.toContain("-src 'self'");
  },
);

it('the dashboard’s pages run and load what the server has, and nothing else', async () => {
  const policy = (await headersOf(['GET', '/', { headers: html }, 200])).get('content-security-policy') ?? '';
  const sources = policy.split('; ').flatMap((directive) => directive.split(' ').slice(1));
  expect(new Set(sources)).toEqual(new Set(["'none'", "'self'", "'script'"]));
});

it.each(named([...pages, ...answers]))(
  '%s asks for https only where it came over https',
  async (_name, request) => {
    expect((await headersOf(request)).has('strict-transport-security')).toBe(false);
    const [method, path, options, status] = request;
    const headers = { ...options?.headers, 'x-forwarded-proto': 'https' };
    const secured = await headersOf([method, path, { ...options, headers }, status], proxied);
    expect(secured.get('strict-transport-security')).toBe('max-age=31536000');
  },
);

it('with PUBLIC_URL at https every answer asks for https, whatever the proxy says', async () => {
  await using published = await testServer({ PUBLIC_URL: 'https://hooks.example' });
  for (const request of [...pages, ...answers, undecodable]) {
    const headers = await headersOf(request, published);
    expect(headers.get('strict-transport-security'), request[1]).toBe('max-age=31536000');
  }
});

it('nobody who is not a trusted proxy can say that it was https', async () => {
  const forged = await headersOf(['GET', settings, { headers: { 'x-forwarded-proto': 'https' } }, 200]);
  expect(forged.has('strict-transport-security')).toBe(false);
});
