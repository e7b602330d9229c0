import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { containing } from './matchers.ts';
import { answering, ended, httpReceiver, rawReceiver, tcpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** What is on the wire, byte by byte, when one webhook after the other is sent over TCP. */
async function outcomeOf(text: string) {
  await using receiver = await rawReceiver(text);
  await using sender = testSender({ deadlineMs: 3_000 });
  return await sender.post(receiver.url);
}

it.each([
  ['204 and a length', 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n'],
  ['204, a length and a body', 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nok'],
  ['204 and chunks', 'HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n'],
  ['204 without a length', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['204 without a length, and a body', 'HTTP/1.1 204 No Content\r\n\r\nok'],
  ['205', 'HTTP/1.1 205 Reset Content\r\n\r\n'],
  ['205 and no length', 'HTTP/1.1 205 Reset Content\r\ncontent-length: 0\r\n\r\n'],
  ['205 and a length', 'HTTP/1.1 205 Reset Content\r\ncontent-length: 7\r\n\r\n'],
  ['205 and chunks', 'HTTP/1.1 205 Reset Content\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
])('takes %s for complete with its headers', async (_what, text) => {
  const outcome = await outcomeOf(text);
  expect(outcome).toMatchObject({ ok: true, responseBody: '', responseTruncated: false, error: null });
});

it('takes a 304 for what it is, though its length is that of something else', async () => {
  expect(await outcomeOf('HTTP/1.1 304 Not Modified\r\ncontent-length: 9000\r\n\r\n')).toMatchObject({
    status: 304,
    error: { code: 'redirect' },
  });
});

it('gets along with a Node receiver that announces the length of a 204', async () => {
  let requests = 0;
  await using receiver = await httpReceiver((request, response) => {
    requests += 1;
    request.resume().on('end', () => response.writeHead(204, { 'content-length': 2 }).end('ok'));
  });
  await using sender = testSender({ deadlineMs: 3_000 });
  for (let sent = 1; sent <= 3; sent++) {
    expect(await sender.post(receiver.url)).toMatchObject({ ok: true, status: 204 });
    expect(requests).toBe(sent);
  }
});

it('keeps the connection of a 204 that is as it should be', async () => {
  await using receiver = await httpReceiver(answering(204));
  await using sender = testSender();
  for (let sent = 0; sent < 3; sent++) expect((await sender.post(receiver.url)).ok).toBe(true);
  expect(receiver.connections).toHaveLength(1);
});

it.each([
  ['a body that breaks off', 'content-length: 100\r\n\r\nhalf', 'half'],
  ['chunks that break off', 'transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n', 'half'],
  ['chunks that are none', 'transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\nwhat?\r\n', 'half'],
  ['no body at all', 'content-length: 100\r\n\r\n', ''],
])('judges by the status alone, whatever becomes of %s', async (_what, rest, responseBody) => {
  for (const [status, error] of [
    [200, null],
    [503, { code: 'http-status' }],
  ] as const) {
    await using receiver = await rawReceiver(`HTTP/1.1 ${status} x\r\n${rest}`, (socket) => socket.end());
    await using sender = testSender();
    const outcome = await sender.post(receiver.url);
    expect(outcome).toMatchObject({
      ok: status === 200,
      status,
      error,
      responseBody,
      responseTruncated: true,
    });
    await ended(receiver.connections[0]);
  }
});

it.each([
  ['one 100', CONTINUE + OK],
  ['many', CONTINUE.repeat(50) + OK],
  ['a 100 with headers', `HTTP/1.1 100 Continue\r\nserver: x\r\ncontent-length: 5\r\n\r\n${OK}`],
  ['a 100 without a reason', `HTTP/1.1 100\r\n\r\n${OK}`],
  ['a 100 of HTTP/1.0', `HTTP/1.0 100 Continue\r\n\r\n${OK}`],
  [
    'several kinds',
    `HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${CONTINUE}${OK}`,
  ],
  ['one that nobody knows', `HTTP/1.1 199 Odd\r\n\r\n${OK}`],
  ['empty lines', `\r\n\r\n${CONTINUE}\r\n${OK}`],
])('skips interim responses: %s', async (_what, text) => {
  expect(await outcomeOf(text)).toMatchObject({ ok: true, status: 200, responseBody: 'ok' });
});

it('skips them whatever the pieces in which they come, on each request of a connection', async () => {
  const text = Buffer.from(`${CONTINUE}HTTP/1.1 102 Processing\r\nx: y\r\n\r\n${OK}`);
  const say = async (socket: Socket, from = 0): Promise<void> => {
    if (from === text.length) return;
    await new Promise((written) => socket.write(text.subarray(from, from + 1), written));
    // Lets it go out by itself.
    await new Promise(setImmediate);
    return say(socket, from + 1);
  };
  await using receiver = await tcpReceiver((socket) => {
    socket.setNoDelay(true).on('data', () => void say(socket));
  });
  await using sender = testSender();
  for (let sent = 0; sent < 3; sent++) {
    expect(await sender.post(receiver.url)).toMatchObject({ ok: true, status: 200, responseBody: 'ok' });
  }
  expect(receiver.connections).toHaveLength(1);
});

it('skips those of a Node receiver, and gets its answer', async () => {
  await using receiver = await httpReceiver((request, response) => {
    response.writeContinue();
    response.writeProcessing();
    response.writeEarlyHints({ link: '</a>; rel=preload' });
    request.resume().on('end', () => response.writeHead(202).end('taken'));
  });
  await using sender = testSender();
  for (let sent = 0; sent < 3; sent++) {
    expect(await sender.post(receiver.url)).toMatchObject({ ok: true, status: 202, responseBody: 'taken' });
  }
  expect(receiver.connections).toHaveLength(1);
});

it.each([
  ['a bare 101', 'HTTP/1.1 101 Switching Protocols\r\n\r\n', 'answered 101'],
  [
    'a 101',
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n',
    'answered 101',
  ],
  ['a 101 after a 100', `${CONTINUE}HTTP/1.1 101 Switching Protocols\r\n\r\n${OK}`, 'answered 101'],
  ['000', 'HTTP/1.1 000 Nothing\r\n\r\n', 'answered 000'],
  ['007', 'HTTP/1.1 007 Bond\r\ncontent-length: 2\r\n\r\nok', 'answered 007'],
  ['099', 'HTTP/1.1 099 Almost\r\n\r\n', 'answered 099'],
  ['two digits', 'HTTP/1.1 20 OK\r\n\r\n', 'HTTP/1.1'],
  ['four digits', 'HTTP/1.1 2000 OK\r\n\r\n', 'HTTP/1.1'],
  ['no digits', 'HTTP/1.1 1xx OK\r\n\r\n', 'HTTP/1.1'],
  ['a negative one', 'HTTP/1.1 -200 OK\r\n\r\n', 'HTTP/1.1'],
  ['a 100 with bare line ends', `HTTP/1.1 100 Continue\n\n${OK}`, 'HTTP/1.1'],
  [
    'interim responses without end',
    `HTTP/1.1 103 x\r\nlink: ${'x'.repeat(1_000)}\r\n\r\n`.repeat(20) + OK,
    'interim',
  ],
  ['an interim response without end', `HTTP/1.1 103 x\r\nlink: ${'x'.repeat(20_000)}`, 'interim'],
  ['the settings of HTTP/2', '\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64', 'HTTP/2 only'],
])('says in words what is wrong with a status: %s', async (_what, text, words) => {
  const outcome = await outcomeOf(text);
  expect(outcome).toMatchObject({
    ok: false,
    status: null,
    error: { code: 'invalid-response', message: containing(words) },
  });
  expect(outcome.error?.message).not.toMatch(/assert|ERR_|UND_/i);
});

it('waits no longer for an answer behind interim responses than for any other', async () => {
  await using receiver = await rawReceiver(CONTINUE);
  await using sender = testSender({ deadlineMs: 200 });
  expect(await sender.post(receiver.url)).toMatchObject({ status: null, error: { code: 'timeout' } });
});

it('does not send again what was refused after a 100: the receiver had it', async () => {
  let requests = 0;
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', () => {
        requests += 1;
        if (requests === 1) socket.write(OK);
        else socket.end(CONTINUE);
      });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await using sender = testSender();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  expect((await sender.post(url)).ok).toBe(true);
  expect((await sender.post(url)).error?.code).toBe('connection-reset');
  expect(requests).toBe(2);
  server.close();
});
