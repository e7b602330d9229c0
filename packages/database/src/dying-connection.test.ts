import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { isDatabaseUnavailable } from './errors.ts';
import { testDatabase } from './testing/test-database.ts';

it('an operation that takes a connection which is just closing fails, and does not wait for ever', async () => {
  await using test = await testDatabase();
  const sockets: Socket[] = [];
  const note = (message: unknown) => {
    sockets.push((message as { socket: Socket }).socket); // as Node documents this channel
  };
  subscribe('net.client.socket', note);
  const database = openDatabase(test.uri, { name: 'test' });
  try {
    await database.connect();
    await database.ping();
    // Destroyed, and nobody has been told yet: its `close` comes with the next turn of the event loop.
    for (const socket of sockets) socket.destroy();
    const error: unknown = await database.ping().catch((thrown: unknown) => thrown);
    expect(isDatabaseUnavailable(error)).toBe(true);
    await expect.poll(() => database.ping().then(() => 'answered')).toBe('answered');
  } finally {
    unsubscribe('net.client.socket', note);
    await database.close();
  }
});
