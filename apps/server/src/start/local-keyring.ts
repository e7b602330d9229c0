import { type Keyring, parseKeyring } from '@interview-webhooks/domain';
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The keyring of local mode: `secret.keys` in the data directory, readable by its owner only, made at the first
 * start. Same form as `SECRET_KEYS`.
 *
 * @throws Error when the file is there but cannot be read as a keyring: making a new one would lock away every
 *   stored secret
 */
export async function localKeyring(dataDir: string): Promise<Keyring> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'secret.keys');
  const text = (await readIfThere(path)) ?? (await make(path));
  try {
    return parseKeyring(text.trim());
  } catch (error) {
    throw new Error(
      `${path} is not a usable keyring: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Written whole beside its place and linked into it: a crash leaves no half key, a second start no second one. */
async function make(path: string): Promise<string> {
  const draft = `${path}.${process.pid}`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(`local:${randomBytes(32).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(path, 'utf8');
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
