import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a forked program says first, which is where it listens. @throws Error when it ends instead */
export async function firstMessage(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => {
    throw new Error(`${child.spawnargs.join(' ')} ended with ${String(signal ?? code)}`);
  });
  const [message] = await Promise.race([once(child, 'message') as Promise<unknown[]>, ended]); // what `once` gives
  return message;
}
