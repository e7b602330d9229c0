import type { ServerResponse } from 'node:http';
import { loopbackNetworks } from '@interview-webhooks/domain';
import { expect, it } from 'vitest';
import { createSender } from '../src/index.ts';
import { aNumber } from './matchers.ts';
import { ended, httpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

it('sends one after the other over one connection', async () => {
  await using receiver = await httpReceiver((_request, response) => response.end('ok'));
  await using sender = testSender();
  expect((await sender.post(receiver.url)).timings.connectMs).not.toBeNull();
  for (let sent = 0; sent < 5; sent++) {
    expect(await sender.post(receiver.url)).toMatchObject({
      ok: true,
      remoteAddress: '127.0.0.1',
      timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: aNumber },
    });
  }
  expect(receiver.connections).toHaveLength(1);
});

it('does not let one wait for another', async () => {
  const waiting: ServerResponse[] = [];
  await using receiver = await httpReceiver((_request, response) => {
    // Answered only when all have arrived.
    if (waiting.push(response) === 20) for (const each of waiting) each.end();
  });
  await using sender = testSender();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => sender.post(receiver.url)));
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
});

it('opens a new connection when the receiver has closed the kept one', async () => {
  await using receiver = await httpReceiver((_request, response) => response.end('ok'));
  await using sender = testSender();
  await sender.post(receiver.url);
  receiver.connections[0]?.destroy();
  await ended(receiver.connections[0]);
  expect((await sender.post(receiver.url)).ok).toBe(true);
});

it('tries once more when the kept connection closes instead of answering, and only then', async () => {
  let requests = 0;
  await using receiver = await httpReceiver((request, response) => {
    requests += 1;
    if (requests === 2 || requests >= 4) request.socket.destroy();
    else response.end('ok');
  });
  await using sender = testSender();
  expect((await sender.post(receiver.url)).ok).toBe(true);
  const repeated = await sender.post(receiver.url);
  expect(repeated).toMatchObject({ ok: true, timings: { connectMs: aNumber } });
  expect(requests).toBe(3);
  expect((await sender.post(receiver.url)).error?.code).toBe('connection-reset');
  expect(requests).toBe(5);
});

it('does not send again, within one attempt, what a receiver has had for a while', async () => {
  let requests = 0;
  await using receiver = await httpReceiver((request, response) => {
    requests += 1;
    if (requests === 1) response.end('ok');
    // By far longer than it takes to learn that a connection had ended before.
    else setTimeout(() => request.socket.resetAndDestroy(), 600);
  });
  await using sender = testSender();
  expect((await sender.post(receiver.url)).ok).toBe(true);
  expect(await sender.post(receiver.url)).toMatchObject({
    ok: false,
    error: { code: 'connection-reset' },
    timings: { connectMs: null },
  });
  expect(requests).toBe(2);
});

it('keeps so many connections and no more', async () => {
  await using one = await httpReceiver((_request, response) => response.end());
  await using other = await httpReceiver((_request, response) => response.end());
  await using sender = testSender({ maxKeptConnections: 1 });
  await sender.post(one.url);
  await sender.post(other.url);
  await ended(one.connections[0]);
  await sender.post(other.url);
  expect(other.connections).toHaveLength(1);
});

it('waits for what is under way when it closes, and leaves nothing open', async () => {
  let arrived: ((response: ServerResponse) => void) | undefined;
  const slow = new Promise<ServerResponse>((resolve) => {
    arrived = resolve;
  });
  await using receiver = await httpReceiver((request, response) => {
    if (request.url === '/hook') response.end();
    else arrived?.(response);
  });
  const sender = createSender({ allowedNetworks: loopbackNetworks });
  const send = (url: string) => sender.send({ url, headers: {}, body: '' });
  await send(receiver.url);
  const underWay = [send(receiver.url), send(`${receiver.url}/slow`)];
  const late = await slow;
  const closed = sender.close();
  await expect(send(receiver.url)).rejects.toThrow('closed');
  late.end('late');
  await closed;
  expect(await Promise.all(underWay)).toMatchObject([{ ok: true }, { ok: true, responseBody: 'late' }]);
  await Promise.all(receiver.connections.map(ended));
  await sender.close();
});
