import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Launch } from '../host-process.ts';
import { isOlderVersion, REQUIRED_GLIBC, runtimeGlibc } from './glibc-version.ts';
import { newerGlibc } from './newer-glibc.ts';

/** The package's own cache: the same path from the sources and from a build. */
const PACKAGE_CACHE = fileURLToPath(new URL('../../../.cache/glibc', import.meta.url));

/**
 * How to run Node for the native engine: as it is, or, where the system's C library is too old for the
 * engine's binary, under the loader of a newer one.
 *
 * @param dataDir where the newer one is kept when the package's folder is read-only
 * @throws EngineUnavailableError when the C library is too old and no newer one can be had
 */
export async function nativeLaunch(dataDir: string): Promise<Launch> {
  const glibc = runtimeGlibc();
  if (glibc === undefined || !isOlderVersion(glibc, REQUIRED_GLIBC)) {
    return { command: process.execPath, args: [] };
  }
  const { loader, libraries } = await newerGlibc([PACKAGE_CACHE, join(dataDir, 'glibc')]);
  return { command: loader, args: ['--library-path', libraries, process.execPath] };
}
