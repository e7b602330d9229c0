import mongoose from 'mongoose';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { testDatabase } from './testing/test-database.ts';
import { addressFault, DatabaseUnusableError } from './unusable.ts';

const { BSON } = mongoose.mongo;
const HEADER_BYTES = 16;
/** Of MongoDB's wire protocol: the one that the first `hello` is asked with, its answer's, and the one of everything else. */
const OP_QUERY = 2004;
const OP_REPLY = 1;
const OP_MSG = 2013;

interface OldServer extends AsyncDisposable {
  readonly uri: string;
  /** What it was asked, by the commands' names. */
  readonly asked: readonly string[];
}

/** What an older MongoDB says of itself. None can be had that runs beside the ones that are supported. */
async function oldServer(maxWireVersion: number): Promise<OldServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= HEADER_BYTES && received.length >= received.readInt32LE()) {
        const size = received.readInt32LE();
        const message = received.subarray(0, size);
        received = received.subarray(size);
        const isQuery = message.readInt32LE(12) === OP_QUERY;
        // A query has flags, the collection's name with a zero behind it, and two numbers; a message flags and a kind.
        const bodyAt = isQuery ? message.indexOf(0, HEADER_BYTES + 4) + 9 : HEADER_BYTES + 5;
        const [command = ''] = Object.keys(BSON.deserialize(message.subarray(bodyAt)));
        asked.push(command);
        socket.write(answer(message.readInt32LE(4), { isQuery, maxWireVersion }));
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  return {
    uri: `mongodb://127.0.0.1:${port}/test`,
    asked,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

function answer(
  to: number,
  { isQuery, maxWireVersion }: { isQuery: boolean; maxWireVersion: number },
): Buffer {
  const hello = { isWritablePrimary: true, helloOk: true, minWireVersion: 0, maxWireVersion };
  const document = BSON.serialize({ ...hello, version: '5.0.31', ok: 1 });
  const before = Buffer.alloc(HEADER_BYTES + (isQuery ? 20 : 5));
  before.writeInt32LE(before.length + document.length, 0);
  before.writeInt32LE(to, 8);
  before.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  // One document.
  if (isQuery) before.writeInt32LE(1, before.length - 4);
  return Buffer.concat([before, document]);
}

it.each([
  [13, /^The database is MongoDB 5\.0\.31; this needs 6\.0 or newer\.$/],
  // 4.0, which the driver does not talk to any more.
  [7, /requires at least \d+ \(MongoDB/],
])('a MongoDB that is too old is refused before anything is changed (%s)', async (wireVersion, why) => {
  await using old = await oldServer(wireVersion);
  const database = openDatabase(old.uri);
  const refused = await database.connect().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DatabaseUnusableError);
  expect((refused as Error).message).toMatch(why); // checked in the line before
  expect(old.asked).not.toContain('createIndexes');
  await database.close();
});

it('changes nothing where all indexes are there', async () => {
  await using world = await testDatabase();
  const changes = await world.database.migrate();
  expect(changes).toMatchObject({ made: [], dropped: [] });
  expect(changes.kept).toBeGreaterThan(30);
});

it('makes what is missing and nothing else, and says so before', async () => {
  await using world = await testDatabase();
  const { database } = world;
  await database.deliveries.collection.dropIndex('dueAt_1');
  await database.direct.deliveries.createIndex({ expiresAt: 1 }, {}, {});
  const said: string[] = [];
  const changes = await database.migrate((change, index) => said.push(`${change} ${index}`));
  expect(said).toEqual(['dropping deliveries.expiresAt_1', 'making deliveries.dueAt_1']);
  expect(changes).toMatchObject({ made: ['deliveries.dueAt_1'], dropped: ['deliveries.expiresAt_1'] });
  const names = (await database.direct.deliveries.indexes()).map(({ name }) => name);
  expect(names).toContain('dueAt_1');
  expect(names).not.toContain('expiresAt_1');
});

it.each([
  ['mongodb://user:sec@ret@db.example/app', 'Invalid connection string'],
  ['mongodb://user:sec/ret@db.example/app', 'Password contains unescaped characters'],
  ['mongodb://user:sec%ret@db.example/app', 'URI malformed'],
  ['mongodb://user:secret@db.example/app?tsl=true', 'option tsl is not supported'],
  ['mongodb://user:secret@db.example:99999999/app', undefined],
])('an address of a form that the driver does not take: why, without the address', (uri, why) => {
  const fault = addressFault(uri) ?? 'none';
  if (why !== undefined) expect(fault).toContain(why);
  expect(fault).not.toMatch(/sec|ret|user/);
});
