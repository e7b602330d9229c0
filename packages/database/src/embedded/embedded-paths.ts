import { createHash } from 'node:crypto';
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `sun_path` without its final zero, in bytes: 108 on Linux, 104 on macOS and the BSDs. */
const SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;
/** The longest socket that a runtime directory has to hold: the engine's own. */
const LONGEST_SOCKET = join('embedded-mongodb-XXXXXX', 'mongodb.sock');

/** macOS gives each user a temporary directory whose path alone is half of what a socket may have. */
const defaultTempDir = () => (process.platform === 'darwin' ? '/tmp' : tmpdir());

/** Where everything about one data directory is; the same for every process of the user. */
export interface EmbeddedPaths {
  readonly dataDir: string;
  readonly log: string;
  readonly runtimeDir: string;
  readonly control: string;
}

/**
 * Creates the data directory and its runtime directory where they do not exist.
 *
 * @param tempDir where runtime directories are made
 * @throws Error when the runtime directory is not safe to use, or its path too long for a socket
 */
export async function prepareEmbeddedPaths(
  dataDir: string,
  tempDir = defaultTempDir(),
): Promise<EmbeddedPaths> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // One directory, one database, whatever the path that leads to it.
  const real = await realpath(dataDir);
  const runtimeDir = await prepareRuntimeDir(real, tempDir);
  return {
    dataDir: real,
    log: join(real, 'mongodb.log'),
    runtimeDir,
    control: join(runtimeDir, 'control.sock'),
  };
}

/** Sockets need short paths, which a data directory may not have: hence a directory of their own. */
async function prepareRuntimeDir(dataDir: string, tempDir: string): Promise<string> {
  const uid = process.getuid?.();
  if (uid === undefined) {
    throw new Error('The embedded MongoDB needs Unix sockets. Set MONGODB_URI to a MongoDB server.');
  }
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const directory = join(tempDir, `interview-webhooks-${uid}-${name}`);
  const longest = Buffer.byteLength(join(directory, LONGEST_SOCKET));
  if (longest > SOCKET_PATH_BYTES) {
    throw new Error(
      `The path of the database's socket in ${directory} would have ${longest} bytes, ` +
        `${SOCKET_PATH_BYTES} is the limit: set TMPDIR to a shorter directory, such as /tmp.`,
    );
  }
  await mkdir(directory, { mode: 0o700 }).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  });
  await assertPrivate(directory, uid);
  return directory;
}

/**
 * The name is predictable and /tmp is everybody's: another user may have been there first, with a
 * directory or a link of theirs, to serve us their database or to read ours. Only a directory that we
 * own and that nobody else can enter is used; in a sticky /tmp nobody else can replace such a one.
 */
async function assertPrivate(directory: string, uid: number): Promise<void> {
  const found = await lstat(directory);
  const mode = found.mode & 0o777;
  if (found.isDirectory() && found.uid === uid && mode === 0o700) return;
  const kind = found.isDirectory() ? 'a directory' : 'not a directory';
  throw new Error(
    `${directory} is not safe for the database's socket: it must be a directory of user ${uid} with ` +
      `mode 700, and is ${kind} of user ${found.uid} with mode ${mode.toString(8)}. Remove it and try again.`,
  );
}
