import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { prepareEmbeddedPaths } from './embedded-paths.ts';
import { gone, ids, insert, isAlive, recordingLog, useDataDirectory } from './test/data-directory.ts';

const directory = useDataDirectory();

describe('one process', () => {
  test('what it wrote is there after a close and a new start', async () => {
    const first = await directory.start();
    await insert(first.uri, 1);
    await first.close();

    const second = await directory.start();
    expect(second.uri).toBe(first.uri);
    expect(await ids(second.uri)).toEqual([1]);
  });

  test('its close ends the database and leaves no address behind', async () => {
    const mongo = await directory.start();
    const pid = await directory.hostPid();
    expect(isAlive(pid)).toBe(true);

    await mongo.close();
    await gone(pid);
    expect(existsSync(directory.path('mongodb.json'))).toBe(false);
    const { control } = await prepareEmbeddedPaths(directory.path());
    expect(existsSync(control)).toBe(false);
  });

  test('a second close does nothing', async () => {
    const mongo = await directory.start();
    await mongo.close();
    await mongo.close();
  });

  test('only its user can read the data and reach the sockets', async () => {
    await directory.start();
    const { runtimeDir } = await prepareEmbeddedPaths(directory.path());
    const modes = await Promise.all(
      [
        runtimeDir,
        directory.path('mongodb'),
        directory.path('mongodb.json'),
        directory.path('mongodb.log'),
      ].map(async (path) => ((await stat(path)).mode & 0o777).toString(8)),
    );
    expect(modes).toEqual(['700', '700', '600', '600']);
  });

  test('a database that cannot be opened is one error with the reason, at once', async () => {
    await writeFile(directory.path('mongodb'), 'not a directory');
    await expect(directory.start()).rejects.toThrow(/database's process failed[^]*EEXIST/);
  });
});

describe('several users of one directory', () => {
  test('share one database, which outlives the first one to close', async () => {
    const first = await directory.start();
    const second = await directory.start();
    const pid = await directory.hostPid();
    expect(second.uri).toBe(first.uri);

    await first.close();
    expect(await directory.hostPid()).toBe(pid);
    await insert(second.uri, 1);
    expect(await ids(second.uri)).toEqual([1]);

    await second.close();
    await gone(pid);
  });

  test('may start at the same time', async () => {
    const logs = [recordingLog(), recordingLog(), recordingLog()];
    await Promise.all(logs.map((log) => directory.start(log)));
    const started = logs.map(({ entries }) => entries);
    const pid = await directory.hostPid();
    for (const entries of started) expect(entries).toMatchObject([{ msg: 'MongoDB started', obj: { pid } }]);
  });

  test('may start while the last one closes', async () => {
    for (let round = 1; round <= 5; round++) {
      const leaving = await directory.start();
      const [, next] = await Promise.all([leaving.close(), directory.start()]);
      await insert(next.uri, round);
      await next.close();
    }
    const mongo = await directory.start();
    expect(await ids(mongo.uri)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a killed one counts as gone', async () => {
    const mongo = await directory.start();
    const pid = await directory.hostPid();
    const { control } = await prepareEmbeddedPaths(directory.path());
    const other = spawn(
      process.execPath,
      ['-e', `require('node:net').connect(process.argv[1]).pipe(process.stdout)`, control],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(other.stdout, 'data');
    await mongo.close();
    expect(isAlive(pid)).toBe(true);

    other.kill('SIGKILL');
    await gone(pid);
  });
});
