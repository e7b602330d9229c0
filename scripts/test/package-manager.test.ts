import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkInstalled, pinnedPackageManager } from '../package-manager.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'interview-webhooks-pnpm-'));
  await mkdir(join(home, 'node_modules'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** As npm notes what it has installed. */
async function installed(integrity: string): Promise<void> {
  const lock = { packages: { 'node_modules/pnpm': { version: '10.34.8', integrity } } };
  await writeFile(join(home, 'node_modules', '.package-lock.json'), JSON.stringify(lock));
}

async function pinned() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  return pinnedPackageManager(manifest.packageManager);
}

it('package.json pins pnpm by its hash, and this is the one that runs', async () => {
  const { version, integrity } = await pinned();
  const used = join(root, '.cache', `pnpm-${version}`);
  // Not where pnpm came from elsewhere.
  if (existsSync(used)) await expect(checkInstalled(used, integrity)).resolves.toBeUndefined();
  await installed(integrity);
  await expect(checkInstalled(home, integrity)).resolves.toBeUndefined();
});

it('another one is removed before it runs', async () => {
  const { integrity } = await pinned();
  await installed(`sha512-${Buffer.alloc(64).toString('base64')}`);
  await expect(checkInstalled(home, integrity)).rejects.toThrow('not the one that package.json pins');
  await expect(readdir(home)).rejects.toThrow('ENOENT');
});

it.each(['pnpm@10.34.8', 'pnpm@10.34.8+sha1.00', 'npm@11.0.0'])('%s pins nothing', (packageManager) => {
  expect(() => pinnedPackageManager(packageManager)).toThrow('must be pnpm@VERSION+sha512.HASH');
});
