import { expect, it } from 'vitest';
import { fullBacklog } from './full-backlog.ts';
import { aNumber, containing } from './matchers.ts';
import { drip, ended, httpReceiver, rawReceiver, tcpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

const DEADLINE_MS = 200;
/** Far beyond the deadline, for machines that have much else to do. */
const AT_MOST_MS = 10_000;

async function outcomeOfSendingTo(url: string, ok = false) {
  await using sender = testSender({ deadlineMs: DEADLINE_MS });
  const outcome = await sender.post(url);
  expect(outcome.ok).toBe(ok);
  expect(outcome.timings.totalMs).toBeGreaterThan(DEADLINE_MS * 0.9);
  expect(outcome.timings.totalMs).toBeLessThan(AT_MOST_MS);
  return outcome;
}

it('strikes while the name is looked up', async () => {
  let answer: ((addresses: string[]) => void) | undefined;
  const lookup = () =>
    new Promise<string[]>((resolve) => {
      answer = resolve;
    });
  await using sender = testSender({ deadlineMs: DEADLINE_MS, lookup });
  const outcome = await sender.post('https://slow.example/');
  expect(outcome).toMatchObject({
    error: { code: 'connect-timeout', message: containing('Looking up') },
    timings: { dnsMs: aNumber, connectMs: null },
  });
  answer?.(['127.0.0.1']);
});

it('strikes while connecting', async () => {
  await using receiver = await fullBacklog();
  expect(await outcomeOfSendingTo(`http://127.0.0.1:${receiver.port}/`)).toMatchObject({
    remoteAddress: '127.0.0.1',
    error: { code: 'connect-timeout', message: containing('did not accept') },
    timings: { connectMs: aNumber, firstByteMs: null },
  });
});

it('strikes within the TLS handshake', async () => {
  await using receiver = await tcpReceiver(() => undefined);
  expect(await outcomeOfSendingTo(receiver.url.replace('http:', 'https:'))).toMatchObject({
    error: { code: 'connect-timeout', message: containing('TLS handshake') },
    timings: { connectMs: aNumber, tlsMs: aNumber },
  });
  await ended(receiver.connections[0]);
});

it('strikes while there is no answer', async () => {
  await using receiver = await httpReceiver(() => undefined);
  expect(await outcomeOfSendingTo(receiver.url)).toMatchObject({
    status: null,
    error: { code: 'timeout', message: containing('did not begin to answer') },
    timings: { firstByteMs: null },
  });
  await ended(receiver.connections[0]);
});

it('strikes within headers that trickle in', async () => {
  await using receiver = await rawReceiver('HTTP/1.1 200 OK\r\nx-slow: ', (socket) => {
    drip(socket, 'x');
  });
  expect(await outcomeOfSendingTo(receiver.url)).toMatchObject({
    status: null,
    error: { code: 'timeout', message: containing('finish the headers') },
    timings: { firstByteMs: aNumber },
  });
  await ended(receiver.connections[0]);
});

it('strikes within a body that trickles in, which takes nothing back of the status', async () => {
  await using receiver = await httpReceiver((request, response) => {
    response.write('begun ');
    drip(request.socket, '1\r\n.\r\n');
  });
  const outcome = await outcomeOfSendingTo(receiver.url, true);
  expect(outcome).toMatchObject({ status: 200, responseTruncated: true, error: null });
  expect(outcome.responseBody).toMatch(/^begun \.*$/);
  await ended(receiver.connections[0]);
});

it('covers a second connection after a kept one that had ended', async () => {
  let requests = 0;
  await using receiver = await httpReceiver((request, response) => {
    requests += 1;
    if (requests === 1) response.end();
    if (requests === 2) request.socket.destroy();
  });
  await using sender = testSender({ deadlineMs: 1_000 });
  expect((await sender.post(receiver.url)).ok).toBe(true);
  expect((await sender.post(receiver.url)).error?.code).toBe('timeout');
  expect(requests).toBe(3);
});
