import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../failure.ts';

/** The bytes of a file, or of stdin for `-`. */
export async function readInput(path: string): Promise<Buffer> {
  if (path === '-') return buffer(process.stdin);
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A secret on stdin, without the end of its line. */
export async function readSecret(): Promise<string> {
  const secret = (await readInput('-')).toString('utf8').replace(/\r?\n$/, '');
  if (secret === '') throw new UsageError('Nothing came in on stdin.');
  return secret;
}
