// pnpm, which `run.mjs` gets from npm: exactly the one that package.json pins, as Corepack would hold it to.
import { Buffer } from 'node:buffer';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param {string} packageManager such as `pnpm@10.34.8+sha512.` and the hash of its archive in hexadecimal digits
 * @returns {{ version: string, integrity: string }} the hash in the form that npm notes
 */
export function pinnedPackageManager(packageManager) {
  const [, version, hash] = /^pnpm@(\d+\.\d+\.\d+)\+sha512\.([\da-f]{128})$/.exec(packageManager) ?? [];
  if (!version || !hash) throw new Error('packageManager in package.json must be pnpm@VERSION+sha512.HASH');
  return { version, integrity: `sha512-${Buffer.from(hash, 'hex').toString('base64')}` };
}

/**
 * npm holds what it installs to the hash that the registry names; this holds that hash to the pinned one.
 *
 * @param {string} home where pnpm is installed
 * @param {string} integrity
 * @throws Error when it is another one; it is removed then, and nothing of it has run
 */
export async function checkInstalled(home, integrity) {
  const lock = JSON.parse(await readFile(join(home, 'node_modules', '.package-lock.json'), 'utf8'));
  if (lock.packages['node_modules/pnpm']?.integrity === integrity) return;
  await rm(home, { recursive: true, force: true });
  throw new Error(
    'The pnpm that npm has installed is not the one that package.json pins; nothing of it was run.',
  );
}
