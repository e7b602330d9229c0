import { createHash } from 'node:crypto';
import { access, chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoBinaryDownload } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownload.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openMongodEngine } from './host/mongod-engine.js';
import { checkArchive, checkDownloads } from './host/published-hash.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'em-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** Starts as mongod does, as far as its starter sees, and notes what it was started with. */
const program = (notes: string) => `#!${process.execPath}
const { writeFileSync } = require('node:fs');
writeFileSync(${JSON.stringify(notes)}, JSON.stringify(process.argv.slice(2)));
process.on('SIGINT', () => process.exit(0));
setInterval(() => undefined, 60_000);
console.log('Waiting for connections');
`;

test('it listens on a socket of this user alone, and on no port', async () => {
  const [binary, notes] = [join(directory, 'program'), join(directory, 'notes.json')];
  await writeFile(binary, program(notes));
  await chmod(binary, 0o700);
  vi.stubEnv('MONGOMS_SYSTEM_BINARY', binary);
  vi.stubEnv('MONGOMS_SYSTEM_BINARY_VERSION_CHECK', 'false');
  const engine = await openMongodEngine({ dataDir: directory, runtimeDir: directory, onLost: vi.fn() });
  const given = JSON.parse(await readFile(notes, 'utf8')) as string[];
  await engine.close();
  const socket = join(directory, 'mongod.sock');
  expect(given[given.indexOf('--bind_ip') + 1]).toBe(socket);
  expect(given[given.indexOf('--filePermissions') + 1]).toBe('0600');
  expect(given.join(' ')).not.toMatch(/127\.0\.0\.1|localhost|0\.0\.0\.0|bind_ip_all/);
  expect(engine.uri).toBe(`mongodb://${encodeURIComponent(socket)}/?directConnection=true`);
});

describe('what is downloaded', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );

  test('is used where its SHA-256 is the published one', async () => {
    const archive = join(directory, 'mongod.tgz');
    await writeFile(archive, 'the archive');
    await checkArchive(archive, `${sha256('the archive')}  mongod.tgz\n`);
    await checkArchive(archive, sha256('the archive').toUpperCase());
    expect(await isThere(archive)).toBe(true);
  });

  test.each([
    `${sha256('another')}  mongod.tgz\n`,
    '',
    '<html>not found</html>',
    sha256('the archive').slice(1),
  ])('is gone where it is another one, or none is published: %j', async (published) => {
    const archive = join(directory, 'mongod.tgz');
    await writeFile(archive, 'the archive');
    await expect(checkArchive(archive, published)).rejects.toThrow('mongod.tgz does not have the SHA-256');
    expect(await isThere(archive)).toBe(false);
  });

  test('is checked before it is unpacked, also where only its archive is left from before', async () => {
    const archive = join(directory, 'mongod.tgz');
    const asked: string[] = [];
    class Local extends MongoBinaryDownload {
      override async download(url: string): Promise<string> {
        asked.push(url);
        const file = join(directory, new URL(url).pathname.slice(1));
        if (!url.endsWith('.sha256')) await copyFile(join(directory, 'served'), file);
        else await writeFile(file, `${sha256('the archive')}  mongod.tgz\n`);
        return file;
      }
    }
    checkDownloads(MongoBinaryDownload);
    const download = new Local({ downloadDir: directory, version: '8.2.6' });
    await writeFile(join(directory, 'served'), 'changed on the way');
    await download.download('https://mirror.example/mongod.tgz');
    const check = download.makeMD5check('https://mirror.example/mongod.tgz.md5', archive);
    await expect(check).rejects.toThrow('does not have the SHA-256');
    expect(asked.at(-1)).toBe('https://mirror.example/mongod.tgz.sha256');
    expect(await isThere(archive)).toBe(false);
  });
});
