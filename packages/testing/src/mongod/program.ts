import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether `path` is a mongod that runs on this machine. */
export async function isMongod(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    const { stdout } = await run(path, ['--version']);
    return stdout.startsWith('db version');
  } catch {
    return false;
  }
}

/** Of what a command has logged, which says why it failed. */
export function lastLine(error: unknown): string {
  // As Node documents `execFile`; a command that cannot be started has logged nothing.
  const { stderr = '', message } = error as Error & { stderr?: string };
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return line === '' ? message : line;
}
