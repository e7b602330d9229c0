import { expect, it } from 'vitest';
import { fullBacklog } from './full-backlog.ts';
import { closedPort, httpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

const leadingTo = (...addresses: string[]) => testSender({ lookup: () => Promise.resolve(addresses) });

it.each([
  ['refuses', ['127.0.0.2', '127.0.0.3', '127.0.0.1']],
  ['has no route', ['::1', '127.0.0.1']],
])('goes on to the next address where one %s', async (_how, addresses) => {
  await using receiver = await httpReceiver((_request, response) => response.end());
  await using sender = leadingTo(...addresses);
  const outcome = await sender.post(`http://several.example:${receiver.port}/`);
  expect(outcome).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
  expect(receiver.connections).toHaveLength(1);
});

it('tries the next address beside one that hangs', async () => {
  await using hanging = await fullBacklog();
  await using receiver = await httpReceiver((_request, response) => response.end(), {
    host: '127.0.0.2',
    port: hanging.port,
  });
  await using sender = leadingTo('127.0.0.1', '127.0.0.2');
  const outcome = await sender.post(`http://several.example:${receiver.port}/`);
  expect(outcome).toMatchObject({ ok: true, remoteAddress: '127.0.0.2' });
});

it('does not give an address up because the process was busy when it answered', async () => {
  await using receiver = await httpReceiver((_request, response) => response.end());
  await using sender = leadingTo('127.0.0.1', '::1');
  const sent = sender.post(`http://several.example:${receiver.port}/`);
  // Once the socket has been started, and longer than any address is waited for.
  await new Promise(setImmediate);
  const until = performance.now() + 1_000;
  while (performance.now() < until);
  expect(await sent).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
});

it('tells what the address said that has a route', async () => {
  await using sender = leadingTo('::1', '127.0.0.1', '127.0.0.2');
  const { error } = await sender.post(`http://several.example:${await closedPort()}/`);
  expect(error?.code).toBe('connection-refused');
});
