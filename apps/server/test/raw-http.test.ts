import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';

let server: TestServer;
let port: number;
beforeAll(async () => {
  server = await testServer();
  port = Number(new URL(server.url).port);
});
afterAll(() => server[Symbol.asyncDispose]());

/** What the server answers to these very bytes, until it ends the connection. */
function sent(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes, 'latin1');
  return text(socket);
}
const statusesIn = (answer: string) =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

const body = '{"webhooks":{"start":{"status":false,"url":"https://192.0.33.8/smuggled"}}}';
/** Ends the connection by itself: a second answer would be that of what was smuggled. */
const smuggled = () =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\napikey: ${server.key}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const post = (...headers: string[]) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\napikey: ${server.key}\r\ncontent-type: application/json\r\n${headers.join('\r\n')}\r\n\r\n`;

describe('a request that two servers could read differently is refused, and what comes behind it never looked at', () => {
  it.each([
    [
      'Content-Length and Transfer-Encoding',
      () => post('content-length: 4', 'transfer-encoding: chunked') + '0\r\n\r\n',
    ],
    [
      'Transfer-Encoding and Content-Length',
      () => post('transfer-encoding: chunked', 'content-length: 4') + '0\r\n\r\n',
    ],
    ['two Content-Lengths', () => post('content-length: 2', 'content-length: 0') + '{}'],
    ['two equal Content-Lengths', () => post('content-length: 2', 'content-length: 2') + '{}'],
    ['a list of Content-Lengths', () => post('content-length: 2, 2') + '{}'],
    ['a signed Content-Length', () => post('content-length: +2') + '{}'],
    ['a hexadecimal Content-Length', () => post('content-length: 0x2') + '{}'],
    ['a Content-Length with a space before the colon', () => post('content-length : 2') + '{}'],
    ['chunked that is not last', () => post('transfer-encoding: chunked, identity') + '0\r\n\r\n'],
    ['chunked twice', () => post('transfer-encoding: chunked', 'transfer-encoding: identity') + '0\r\n\r\n'],
    ['chunked with a tab in it', () => post('transfer-encoding: \x0bchunked') + '0\r\n\r\n'],
    ['a chunk of negative size', () => post('transfer-encoding: chunked') + '-1\r\n\r\n'],
    ['a chunk that ends in a bare LF', () => post('transfer-encoding: chunked') + '2\n{}\n0\n\n'],
    ['a chunk longer than it says', () => post('transfer-encoding: chunked') + '1\r\n{}\r\n0\r\n\r\n'],
    ['a bare LF between headers', () => `POST ${path} HTTP/1.1\r\nhost: x\ncontent-length: 0\r\n\r\n`],
    ['a bare CR in a header', () => post('x-a: b\rcontent-length: 0')],
    ['a folded header', () => post('x-a: b\r\n content-length: 0')],
    ['a NUL in a header', () => post('x-a: b\0c', 'content-length: 0')],
    ['a space in a header name', () => post('x a: b', 'content-length: 0')],
    ['two Hosts', () => post('host: y', 'content-length: 0')],
    ['two equal Hosts', () => post('Host: x', 'content-length: 0')],
    ['a list of Hosts', () => `GET ${path} HTTP/1.1\r\nhost: x, y\r\napikey: ${server.key}\r\n\r\n`],
    ['a Host with a user', () => `GET ${path} HTTP/1.1\r\nhost: x@y\r\napikey: ${server.key}\r\n\r\n`],
    ['a Host with a path', () => `GET ${path} HTTP/1.1\r\nhost: x/y\r\napikey: ${server.key}\r\n\r\n`],
    ['no Host', () => `GET ${path} HTTP/1.1\r\napikey: ${server.key}\r\n\r\n`],
    ['a header that is too long', () => post(`x-a: ${'a'.repeat(20_000)}`, 'content-length: 0')],
    ['a target with a space', () => `GET ${path} /x HTTP/1.1\r\nhost: x\r\n\r\n`],
    ['another protocol', () => `GET ${path} HTTP/3.0\r\nhost: x\r\n\r\n`],
  ])('%s', async (_name, request) => {
    const before = (await server.call('GET', path)).text;
    const statuses = statusesIn(await sent(request() + smuggled()));
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
    expect(statuses[0]).toBeLessThan(500);
    expect((await server.call('GET', path)).text).toBe(before);
  });
});

it('an address in full is the same route and needs the same key', async () => {
  const asking = (target: string, key = '') =>
    sent(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${key}\r\n`);
  for (const target of [`http://evil.example${path}`, `//evil.example${path}`, `${path}/../webhooks`]) {
    const [status] = statusesIn(await asking(target));
    expect([400, 401, 404]).toContain(status);
  }
});

it.each([
  ['form posts', 'application/x-www-form-urlencoded', 'webhooks=1'],
  ['text', 'text/plain', body],
  ['files', 'multipart/form-data; boundary=x', '--x--'],
  ['no type', '', body],
])('a change by %s, which any page may send, is none', async (_name, type, raw) => {
  const signIn = await server.call('POST', '/trpc/session.signIn', {
    key: null,
    body: { api_key: server.key },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const before = (await server.call('GET', path)).text;
  const headers = { 'content-type': type, cookie, 'sec-fetch-site': 'cross-site' };
  for (const address of [
    path,
    '/trpc/settings.updateWebhookSettings',
    '/trpc/settings.updateWebhookSettings?batch=1',
  ]) {
    expect((await server.call('POST', address, { key: null, raw, headers })).status).toBeGreaterThanOrEqual(
      400,
    );
  }
  const input = encodeURIComponent(JSON.stringify({ 0: JSON.parse(body) as unknown }));
  for (const address of [
    `/trpc/settings.updateWebhookSettings?batch=1&input=${input}`,
    `/trpc/settings.webhookSettings,settings.updateWebhookSettings?batch=1&input=${input}`,
  ]) {
    const { text: answer } = await server.call('GET', address, { key: null, headers: { cookie } });
    expect(answer).toMatch(/METHOD_NOT_SUPPORTED|Cannot mix procedure types/);
  }
  expect((await server.call('GET', path)).text).toBe(before);
});

it('a session is never one that the browser brought, and signing in again ends the one before', async () => {
  const brought = 'iws_somebody-else-chose-this';
  const signIn = async (cookie = '') => {
    const headers = { 'sec-fetch-site': 'same-origin', ...(cookie !== '' && { cookie }) };
    const options = { key: null, body: { api_key: server.key }, headers };
    const answer = await server.call('POST', '/trpc/session.signIn', options);
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  };
  const statusWith = async (cookie: string) =>
    (await server.call('GET', '/trpc/settings.webhookSettings', { key: null, headers: { cookie } })).status;

  const first = await signIn();
  const forged = `${first.split('=')[0]}=${brought}`;
  const second = await signIn(forged);
  expect(second).not.toBe(forged);
  expect(await statusWith(forged)).toBe(401);
  const third = await signIn(second);
  expect(third).not.toBe(second);
  expect([await statusWith(first), await statusWith(second), await statusWith(third)]).toEqual([
    200, 401, 200,
  ]);
});

it('prototypes cannot be reached, at any depth and by any way', async () => {
  const spots = ['{"__proto__":{"status":true}}', '{"constructor":{"prototype":{"status":true}}}'];
  for (const spot of spots) {
    for (const raw of [
      spot,
      `{"webhooks":${spot}}`,
      `{"webhooks":{"start":${spot}}}`,
      `{"webhooks":{"auth":{"basic":${spot}}}}`,
    ]) {
      for (const address of [path, '/trpc/settings.updateWebhookSettings']) {
        expect((await server.call('POST', address, { raw })).status, `${address} ${raw}`).toBe(400);
      }
    }
  }
  for (const query of ['__proto__=x', '__proto__[status]=x', 'constructor.prototype.status=x']) {
    expect((await server.call('GET', `/ai-interviews?${query}`)).status, query).toBe(400);
  }
  expect(({} as Record<string, unknown>)['status']).toBeUndefined();
});

it('one line of the log stays one line, whatever is in it', async () => {
  const evil = 'a%0A%7B%22level%22%3A60%7D%1B%5B2J';
  await server.call('GET', `/${evil}`, { headers: { 'user-agent': 'x\x1b[2J' } }).catch(() => undefined);
  await sent(`GET /\x1b[2J${evil} HTTP/1.1\r\nhost: x\r\nuser-agent: \x1b[31m\r\nconnection: close\r\n\r\n`);
  const created = await server.call('POST', '/ai-interviews', {
    body: { ai_interview_name: 'a\n{"level":60}\u001b[2J' },
  });
  expect(created.status).toBeLessThan(500);
  const lines = server.logged().trimEnd().split('\n');
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) as string });
  expect(server.logged()).not.toContain('\u001b');
  expect(lines.some((line) => (JSON.parse(line) as { level: number }).level === 60)).toBe(false);
});

it.each([
  ['url', { start: { url: 'https://192.0.33.8/\r\nx: y' } }, 'webhooks.start.url'],
  ['url', { start: { url: 'https://192.0.33.8/\0' } }, 'webhooks.start.url'],
  [
    'username',
    { auth: { type: 'basic', basic: { username: 'a\r\nx: y', password: 'p' } } },
    'webhooks.auth.basic.username',
  ],
  [
    'password',
    { auth: { type: 'basic', basic: { username: 'a', password: 'p\r\nx: y' } } },
    'webhooks.auth.basic.password',
  ],
  [
    'header',
    { auth: { type: 'apikey', apikey: { header: 'X-A\r\nx', apikey: 'k' } } },
    'webhooks.auth.apikey.header',
  ],
  [
    'header',
    { auth: { type: 'apikey', apikey: { header: 'X-Ä', apikey: 'k' } } },
    'webhooks.auth.apikey.header',
  ],
  [
    'value',
    { auth: { type: 'apikey', apikey: { header: 'X-A', apikey: 'k\r\nx: y' } } },
    'webhooks.auth.apikey.apikey',
  ],
  [
    'value',
    { auth: { type: 'apikey', apikey: { header: 'X-A', apikey: 'k\0' } } },
    'webhooks.auth.apikey.apikey',
  ],
  [
    'value',
    { auth: { type: 'apikey', apikey: { header: 'X-A', apikey: 'ключ' } } },
    'webhooks.auth.apikey.apikey',
  ],
])('a second header in a %s is refused at its field: %j', async (_name, webhooks, field) => {
  const { status, text: answer } = await server.call('POST', path, { body: { webhooks } });
  expect(status).toBe(400);
  expect(answer).toContain(`"path":"${field}"`);
});
