import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A disk that can be full. */
export interface SmallDisk extends AsyncDisposable {
  /** Until {@link free} there is no room for another byte. */
  fill(): Promise<void>;
  free(): Promise<void>;
}

const run = promisify(execFile);
/** More than a long run stores. */
const SIZE_MB = 512;
const BLOCK_BYTES = 2 ** 20;
/** The last of the room is taken in pieces as small as a page. */
const PAGE_BYTES = 4_096;

/**
 * Mounts one at `directory`.
 *
 * @returns undefined where this user may not, or this system has no tmpfs
 */
export async function smallDisk(directory: string): Promise<SmallDisk | undefined> {
  const options = `size=${SIZE_MB}m,mode=700`;
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]).then(
    () => true,
    () => false,
  );
  if (!isMounted) return undefined;
  const filling = join(directory, 'filling');
  return {
    async fill() {
      await using file = await open(filling, 'a');
      for (const bytes of [BLOCK_BYTES, PAGE_BYTES]) await fillWith(file, Buffer.alloc(bytes));
    },
    free: () => rm(filling),
    [Symbol.asyncDispose]: async () => {
      // The engine's process may have a moment to go yet.
      await run('umount', ['--lazy', directory]);
    },
  };
}

async function fillWith(file: Awaited<ReturnType<typeof open>>, block: Buffer): Promise<void> {
  for (;;) {
    try {
      const { bytesWritten } = await file.write(block);
      if (bytesWritten < block.length) return;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return;
      throw error;
    }
  }
}
