import { describe, expect, test, vi } from 'vitest';
import {
  gone,
  ids,
  insert,
  recordingLog,
  things,
  useDataDirectory,
  withClient,
} from './test/data-directory.ts';

const directory = useDataDirectory();

describe('a database that is killed', () => {
  test('comes back at the same address with every acknowledged write', async () => {
    const log = recordingLog();
    const mongo = await directory.start(log);
    const acknowledged: number[] = [];
    let writing = true;

    await withClient(mongo.uri, async (client) => {
      const collection = things(client);
      const writer = async (offset: number) => {
        for (let n = offset; writing; n += 4) {
          // A write that the kill caught may or may not be there: only what was acknowledged counts.
          const sure = await collection.insertOne({ _id: n }, { writeConcern: { j: true } }).then(
            () => true,
            () => false,
          );
          if (sure) acknowledged.push(n);
        }
      };
      const writers = Promise.all([0, 1, 2, 3].map(writer));
      const hundredMore = (from = acknowledged.length) =>
        vi.waitUntil(() => acknowledged.length > from + 100, { timeout: 20_000 });

      for (const kill of [1, 2]) {
        await hundredMore();
        process.kill(await directory.hostPid(), 'SIGKILL');
        await log.said('MongoDB restarted', kill);
      }
      await hundredMore();
      writing = false;
      await writers;

      const found = new Set(await collection.distinct('_id'));
      expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    });
    expect(log.entries.map(({ msg }) => msg)).toEqual([
      'MongoDB started',
      'MongoDB lost',
      'MongoDB restarted',
      'MongoDB lost',
      'MongoDB restarted',
    ]);
  });

  test('comes back once for all its users', async () => {
    const logs = [recordingLog(), recordingLog()];
    const [first, second] = await Promise.all(logs.map((log) => directory.start(log)));
    process.kill(await directory.hostPid(), 'SIGKILL');
    await Promise.all(logs.map((log) => log.said('MongoDB restarted')));
    const hosts = logs.map(({ entries }) => entries.at(-1)?.obj);
    expect(hosts[0]).toEqual(hosts[1]);

    await first?.close();
    await insert(second?.uri ?? '', 1);
  });

  test('does not hold up one that closes meanwhile', async () => {
    const log = recordingLog();
    const mongo = await directory.start(log);
    process.kill(await directory.hostPid(), 'SIGKILL');
    await log.said('MongoDB lost');
    await mongo.close();
    expect(log.entries.map(({ msg }) => msg)).toEqual(['MongoDB started', 'MongoDB lost']);

    // Finds what was under way, or starts it; either way the last close ends it.
    const next = await directory.start();
    const pid = await directory.hostPid();
    await next.close();
    await gone(pid);
  });
});

test('a database that is terminated closes its files, and comes back for its users', async () => {
  const log = recordingLog();
  const mongo = await directory.start(log);
  await insert(mongo.uri, 1);
  process.kill(await directory.hostPid(), 'SIGTERM');
  await log.said('MongoDB restarted');
  expect(await ids(mongo.uri)).toEqual([1]);
});
