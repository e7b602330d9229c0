import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Where no release has a tag: the last version for which the database of a server was always one process. */
const BEFORE_TAGS = '670f6c7';

/** A built checkout of an earlier version, which is gone when it is disposed of. */
export interface OlderVersion extends AsyncDisposable {
  readonly commit: string;
  readonly directory: string;
}

/** The newest tag before the commit that is checked out. */
export async function newestRelease(): Promise<string> {
  const described = git('describe', '--tags', '--abbrev=0', 'HEAD^');
  return described.catch(() => BEFORE_TAGS);
}

/**
 * Checks out, installs and builds a version beside this one.
 *
 * @param ref as git names commits
 * @throws Error where there is no such commit, or it cannot be built
 */
export async function olderVersion(ref: string): Promise<OlderVersion> {
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).catch(
    () => {
      throw new Error(`this checkout has no commit ${ref}`);
    },
  );
  const parent = await mkdtemp(join(tmpdir(), 'interview-webhooks-older-'));
  const directory = join(parent, 'checkout');
  const dispose = async () => {
    await git('worktree', 'remove', '--force', directory).catch(() => undefined);
    await rm(parent, { recursive: true, force: true });
  };
  try {
    await git('worktree', 'add', '--detach', directory, commit);
    const build = spawn(process.execPath, ['scripts/run.mjs', 'build'], { cwd: directory, stdio: 'inherit' });
    const [code] = (await once(build, 'exit')) as [number | null]; // as Node documents it
    if (code !== 0) throw new Error(`${ref} cannot be built`);
    return { commit, directory, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function git(...args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd: root });
  return stdout.trim();
}
