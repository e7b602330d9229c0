import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openDatabase } from './database.ts';
import { startEmbeddedMongo } from './embedded/embedded-mongo.ts';
import { ObjectId } from './object-id.ts';

const KILLS = 4;
const WRITERS = 3;

// With `w: "majority"` the embedded engine acknowledges at once, whatever `j` says, and loses up to 100 ms of writes.
it('what the database has acknowledged is there after it was killed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-acknowledged-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const embedded = await startEmbeddedMongo({ dataDir, log });
  const database = openDatabase(embedded.uri, { name: 'test' });
  await database.connect();
  const acknowledged: ObjectId[] = [];
  let isWriting = true;
  const write = async () => {
    while (isWriting) {
      const made = Array.from({ length: 10 }, () => ({
        _id: new ObjectId(),
        name: 'w',
        createdAt: new Date(),
      }));
      // What the kill caught may or may not be there.
      const sure = await database.workspaces.collection.insertMany(made).then(
        () => true,
        () => false,
      );
      if (sure) acknowledged.push(...made.map(({ _id }) => _id));
    }
  };
  const pidOf = async () =>
    (JSON.parse(await readFile(join(dataDir, 'mongodb.json'), 'utf8')) as { pid: number }).pid; // its own file
  const writers = Promise.all(Array.from({ length: WRITERS }, write));
  for (let kill = 1; kill <= KILLS; kill++) {
    const before = acknowledged.length;
    await vi.waitUntil(() => acknowledged.length > before + 500, { timeout: 20_000, interval: 1 });
    const pid = await pidOf();
    process.kill(pid, 'SIGKILL');
    await vi.waitUntil(async () => (await pidOf()) !== pid, { timeout: 20_000 });
  }
  isWriting = false;
  await writers;
  await vi.waitUntil(
    () =>
      database.ping().then(
        () => true,
        () => false,
      ),
    { timeout: 20_000 },
  );
  const stored = await database.workspaces.find({ _id: { $in: acknowledged } }, { _id: 1 }).lean();
  expect(acknowledged.length - stored.length).toBe(0);
  await database.close();
  await embedded.close();
  await rm(dataDir, { recursive: true, force: true });
});
