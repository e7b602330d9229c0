import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { useDataDirectory } from './embedded/test/data-directory.ts';
import { isDatabaseUnavailable } from './errors.ts';
import { ObjectId } from './object-id.ts';

const directory = useDataDirectory();

it.each([
  [
    'closing here',
    (sockets: readonly Socket[]) => {
      // Destroyed, and nobody has been told yet: its `close` comes with the next turn of the event loop.
      for (const socket of sockets) socket.destroy();
    },
  ],
  [
    'gone with the database',
    (_sockets: readonly Socket[], pid: number) => {
      process.kill(pid, 'SIGKILL');
      // Time for it to end in which this process hears nothing of it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    },
  ],
])('an operation on a connection that is %s fails, and does not wait for ever', async (_how, end) => {
  const { uri } = await directory.start();
  const pid = await directory.hostPid();
  const sockets: Socket[] = [];
  const note = (message: unknown) => {
    sockets.push((message as { socket: Socket }).socket); // as Node documents this channel
  };
  subscribe('net.client.socket', note);
  const database = openDatabase(uri, { name: 'test' });
  try {
    await database.connect();
    await database.ping();
    end(sockets, pid);
    const error: unknown = await database.ping().catch((thrown: unknown) => thrown);
    expect(isDatabaseUnavailable(error)).toBe(true);
    const answered = () =>
      database.ping().then(
        () => true,
        () => false,
      );
    await expect.poll(answered, { timeout: 20_000 }).toBe(true);
  } finally {
    unsubscribe('net.client.socket', note);
    await database.close();
  }
});

it('a bulk write that finds no database says that it is away, like everything else', async () => {
  const embedded = await directory.start();
  const database = openDatabase(embedded.uri, { name: 'test' });
  try {
    await database.connect();
    await embedded.close();
    const of = { id: new ObjectId(), workspaceId: new ObjectId() };
    const update = () => ({ $unset: { outbox: true as const } });
    const change = { ...of, filter: {}, update, now: () => new Date() };
    const error: unknown = await database.write.updateResponse(change).catch((thrown: unknown) => thrown);
    expect(isDatabaseUnavailable(error)).toBe(true);
  } finally {
    await database.close();
  }
});
