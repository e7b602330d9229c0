import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FindMongodOptions } from './find-mongod.ts';
import { isMongod, lastLine } from './program.ts';

const run = promisify(execFile);

/** The product's own, which falls back on a mongod where the embedded engine cannot run. */
const PROGRAM = fileURLToPath(
  new URL('../../../database/src/embedded/host/download-mongod.js', import.meta.url),
);
const DOWNLOAD_MS = 300_000;

/**
 * The mongod that mongodb-memory-server downloads, or has downloaded before, with its publisher's SHA-256.
 *
 * @returns its path
 * @throws Error saying why there is none, within seconds where nothing answers
 */
export async function downloadedMongod({ env }: Pick<FindMongodOptions, 'env'>): Promise<string> {
  let path: string;
  try {
    const { stdout } = await run(process.execPath, [PROGRAM], { env, timeout: DOWNLOAD_MS });
    // The downloader says there how far it has come.
    path = stdout.trim().split('\n').at(-1) ?? '';
  } catch (error) {
    throw new Error(lastLine(error), { cause: error });
  }
  if (!(await isMongod(path))) throw new Error(`${path} does not run on this machine`);
  return path;
}
