import { chmod, chown, mkdir, mkdtemp, rm, rmdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareEmbeddedPaths } from './embedded-paths.ts';

let tempDir: string;
let dataDir: string;

beforeEach(async () => {
  tempDir = await mkdtemp(join(tmpdir(), 'em-'));
  dataDir = join(tempDir, 'data');
});

afterEach(() => rm(tempDir, { recursive: true }));

const prepare = () => prepareEmbeddedPaths(dataDir, tempDir);

test('every path to a data directory leads to one runtime directory', async () => {
  const paths = await prepare();
  const alias = join(tempDir, 'alias');
  await symlink(dataDir, alias);
  expect(await prepareEmbeddedPaths(alias, tempDir)).toEqual(paths);
  expect(await prepareEmbeddedPaths(join(tempDir, 'other'), tempDir)).not.toEqual(paths);
});

test('a runtime directory that others may enter is refused', async () => {
  const { runtimeDir } = await prepare();
  await chmod(runtimeDir, 0o755);
  await expect(prepare()).rejects.toThrow(/not safe.*mode 755/);
});

test.runIf(process.getuid?.() === 0)('a runtime directory of another user is refused', async () => {
  const { runtimeDir } = await prepare();
  await chown(runtimeDir, 65_534, 65_534);
  await expect(prepare()).rejects.toThrow(/not safe.*a directory of user 65534/);
});

test('a link in the place of the runtime directory is refused', async () => {
  const { runtimeDir } = await prepare();
  await rmdir(runtimeDir);
  const elsewhere = join(tempDir, 'elsewhere');
  await mkdir(elsewhere, { mode: 0o700 });
  await symlink(elsewhere, runtimeDir);
  await expect(prepare()).rejects.toThrow(/not safe.*is not a directory/);
});

test('a temporary directory too deep for sockets is refused, with the way out', async () => {
  const deep = join(tempDir, 'd'.repeat(60));
  await mkdir(deep);
  await expect(prepareEmbeddedPaths(dataDir, deep)).rejects.toThrow(/bytes.*limit: set TMPDIR/);
});
