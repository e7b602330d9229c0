import { expect, it } from 'vitest';
import { aNumber } from './matchers.ts';
import { closedPort, rawReceiver, tcpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

it('names a refused connection', async () => {
  await using sender = testSender();
  const outcome = await sender.post(`http://127.0.0.1:${await closedPort()}/`);
  expect(outcome).toMatchObject({
    ok: false,
    status: null,
    responseHeaders: null,
    responseBody: null,
    remoteAddress: '127.0.0.1',
    error: { code: 'connection-refused' },
    timings: { connectMs: aNumber, firstByteMs: null },
  });
});

it('names a refused connection to a name with several addresses', async () => {
  await using sender = testSender();
  const outcome = await sender.post(`http://localhost:${await closedPort()}/`);
  expect(outcome.error?.code).toBe('connection-refused');
});

it('names a connection that is reset at once', async () => {
  await using receiver = await tcpReceiver((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await using sender = testSender();
  expect((await sender.post(receiver.url)).error?.code).toBe('connection-reset');
  expect(receiver.connections).toHaveLength(1);
});

it('names a connection that is closed without an answer', async () => {
  await using receiver = await rawReceiver('', (socket) => socket.end());
  await using sender = testSender();
  expect((await sender.post(receiver.url)).error?.code).toBe('connection-reset');
});

it('names a reset within the headers', async () => {
  await using receiver = await rawReceiver('HTTP/1.1 200 OK\r\ncontent-le', (socket) =>
    socket.resetAndDestroy(),
  );
  await using sender = testSender();
  expect(await sender.post(receiver.url)).toMatchObject({
    status: null,
    error: { code: 'connection-reset' },
  });
});

it('takes the status of a response whose body is reset, where the status has arrived', async () => {
  await using receiver = await rawReceiver('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', (socket) =>
    socket.resetAndDestroy(),
  );
  await using sender = testSender();
  const outcome = await sender.post(receiver.url);
  // A reset may overtake what was sent before it.
  expect(outcome).toMatchObject(
    outcome.status === null
      ? { ok: false, error: { code: 'connection-reset' } }
      : { ok: true, status: 200, responseTruncated: true, error: null },
  );
});

it.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['a broken status line', 'HTTP/1.1 what\r\n\r\n'],
  [
    'an upgrade nobody asked for',
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
  ],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
  ['headers beyond 16 KiB', `HTTP/1.1 200 OK\r\n${`x-filler: ${'x'.repeat(1000)}\r\n`.repeat(20)}\r\n`],
])('refuses %s', async (_what, text) => {
  await using receiver = await rawReceiver(text);
  await using sender = testSender();
  expect(await sender.post(receiver.url)).toMatchObject({ ok: false, error: { code: 'invalid-response' } });
});

it('names a name that does not resolve', async () => {
  const code = 'ENOTFOUND';
  await using sender = testSender({ lookup: () => Promise.reject(Object.assign(new Error(code), { code })) });
  const outcome = await sender.post('https://gone.example/');
  expect(outcome).toMatchObject({
    ok: false,
    remoteAddress: null,
    error: { code: 'dns-failed' },
    timings: { dnsMs: aNumber, connectMs: null },
  });
  expect(outcome.error?.message).toContain('gone.example');
  await using nowhere = testSender({ lookup: () => Promise.resolve([]) });
  expect((await nowhere.post('https://gone.example/')).error?.code).toBe('dns-failed');
});
