import { expect, it } from 'vitest';
import { aNumber } from './matchers.ts';
import { answering, answeringEndlessly, bodyOf, ended, httpReceiver, rawReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

it('posts the given headers and bytes and reports the answer', async () => {
  const seen: unknown[] = [];
  await using receiver = await httpReceiver((request, response) => {
    const { method, url, headers } = request;
    void bodyOf(request).then((body) => {
      seen.push({ method, url, headers, body });
      response.writeHead(202, { 'x-queue': '7', 'set-cookie': ['a=1', 'b=2'] }).end('taken');
    });
  });
  await using sender = testSender();
  const outcome = await sender.send({
    url: `${receiver.url}?kind=%C3%A4`,
    headers: { 'content-type': 'application/json', 'X-Api-Key': 'k' },
    body: '{"name":"Zoë"}',
  });
  expect(seen[0]).toMatchObject({
    method: 'POST',
    url: '/hook?kind=%C3%A4',
    headers: {
      host: `127.0.0.1:${receiver.port}`,
      'content-type': 'application/json',
      'content-length': '15',
      'x-api-key': 'k',
    },
    body: '{"name":"Zoë"}',
  });
  expect(outcome).toMatchObject({
    ok: true,
    status: 202,
    responseHeaders: { 'x-queue': '7', 'set-cookie': 'a=1, b=2' },
    responseBody: 'taken',
    responseTruncated: false,
    remoteAddress: '127.0.0.1',
    error: null,
    retryAfterMs: null,
    timings: { dnsMs: null, connectMs: aNumber, tlsMs: null, firstByteMs: aNumber },
  });
  expect(outcome.timings.totalMs).toBeGreaterThan(0);
});

it.each([
  [400, 'instead of 2xx'],
  [401, 'auth in the webhook settings'],
  [404, 'path of the URL'],
  [410, 'gone for good'],
  [500, "receiver's log"],
])('takes %i for a failure', async (status, words) => {
  await using receiver = await httpReceiver(answering(status, {}, 'why'));
  await using sender = testSender();
  const outcome = await sender.post(receiver.url);
  expect(outcome).toMatchObject({ ok: false, status, responseBody: 'why', error: { code: 'http-status' } });
  expect(outcome.error?.message).toContain(words);
});

it.each([301, 302, 303, 307, 308])('does not follow a %i to a private address', async (status) => {
  await using secret = await httpReceiver(answering(200));
  await using receiver = await httpReceiver(answering(status, { location: secret.url }));
  await using sender = testSender();
  const outcome = await sender.post(receiver.url);
  expect(outcome).toMatchObject({ ok: false, status, error: { code: 'redirect' } });
  expect(outcome.error?.message).toContain(secret.url);
  expect(secret.connections).toHaveLength(0);
});

it('honours Retry-After on 429 and 503 only', async () => {
  const asked = async (status: number, value: string) => {
    await using receiver = await httpReceiver(answering(status, { 'retry-after': value }));
    await using sender = testSender();
    return (await sender.post(receiver.url)).retryAfterMs;
  };
  expect(await asked(429, '120')).toBe(120_000);
  expect(await asked(503, '999999999')).toBe(86_400_000);
  expect(await asked(503, 'Wed, 21 Oct 2015 07:28:00 GMT')).toBe(0);
  expect(await asked(503, 'soon')).toBeNull();
  expect(await asked(500, '120')).toBeNull();
});

it('keeps 16 KiB of a body without splitting a character, and the connection', async () => {
  await using receiver = await httpReceiver(answering(200, {}, `x${'ä'.repeat(20_000)}`));
  await using sender = testSender();
  const outcome = await sender.post(receiver.url);
  expect(outcome).toMatchObject({ ok: true, responseTruncated: true });
  expect(outcome.responseBody).toBe(`x${'ä'.repeat(8191)}`);
  await sender.post(receiver.url);
  expect(receiver.connections).toHaveLength(1);
});

it.each([
  [200, { ok: true, error: null }],
  [500, { ok: false, error: { code: 'http-status' } }],
])('cuts an endless body of a %i off, which changes nothing about its status', async (status, expected) => {
  await using receiver = await httpReceiver(answeringEndlessly(status));
  await using sender = testSender();
  const outcome = await sender.post(receiver.url);
  expect(outcome).toMatchObject({ ...expected, status, responseTruncated: true });
  expect(outcome.responseBody).toBe('x'.repeat(16_384));
  await ended(receiver.connections[0]);
});

it('shows a binary body as text', async () => {
  await using receiver = await rawReceiver('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\na\x00\x7fb');
  await using sender = testSender();
  expect((await sender.post(receiver.url)).responseBody).toBe('a\x00\x7fb');
});

it('waits for the answer after informational ones', async () => {
  await using receiver = await rawReceiver(
    'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n__proto__: odd\r\n\r\n',
  );
  await using sender = testSender();
  const outcome = await sender.post(receiver.url);
  expect(outcome).toMatchObject({ ok: true, status: 204, responseBody: '' });
  expect(Object.entries(outcome.responseHeaders ?? {})).toEqual([['__proto__', 'odd']]);
});

it('says what cannot be sent', async () => {
  await using receiver = await httpReceiver(answering(200));
  await using sender = testSender();
  expect((await sender.post('no URL')).error?.code).toBe('invalid-request');
  expect((await sender.post(receiver.url.replace('http:', 'ftp:'))).error?.code).toBe('insecure-url');
  const broken = await sender.send({ url: receiver.url, headers: { 'x-key': 'a\r\nb: c' }, body: '' });
  expect(broken.error).toMatchObject({ code: 'invalid-request' });
  expect(broken.error?.message).toContain('x-key');
  expect(broken.error?.message).not.toContain('b: c');
  expect((await sender.post(receiver.url)).ok).toBe(true);
});
