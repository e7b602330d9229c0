import type { DestinationStream } from 'pino';
import { write } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Where the log goes, and whether it got there. */
export interface LogDestination extends DestinationStream {
  /**
   * Waits until all lines are written, for at most `withinMs` milliseconds.
   *
   * @returns false where nobody takes them
   */
  written: (withinMs: number) => Promise<boolean>;
}

/** Lines that wait for a reader that is slow, in characters; what comes beyond is dropped. */
const MAX_WAITING = 4 * 1024 * 1024;
const BUSY_RETRY_MS = 100;

/**
 * Writes the log to a file descriptor, off the main thread: a reader that has stopped reading holds up nothing. Where the
 * pipe is broken, the log ends and the process goes on. pino's own destination writes synchronously at the exit, which never
 * ends when the pipe is broken or full.
 */
export function logDestination(fd: number): LogDestination {
  let waiting = '';
  let writing: Promise<void> | undefined;
  let isBroken = false;

  const writeAll = async (): Promise<void> => {
    while (waiting !== '' && !isBroken) {
      const chunk = Buffer.from(waiting);
      waiting = '';
      try {
        for (let at = 0; at < chunk.length;) at += await writeSome(fd, chunk.subarray(at));
      } catch {
        // Nobody is left to be told.
        isBroken = true;
      }
    }
    writing = undefined;
  };
  return {
    write: (line) => {
      if (isBroken || waiting.length + line.length > MAX_WAITING) return;
      waiting += line;
      writing ??= writeAll();
    },
    written: async (withinMs) => {
      if (!writing) return true;
      const ended = new AbortController();
      const late = pause(withinMs, false, { signal: ended.signal }).catch(() => false);
      const isWritten = await Promise.race([writing.then(() => true), late]);
      ended.abort();
      return isWritten;
    },
  };
}

/** @returns how many bytes were taken; 0 for now where the reader is busy */
function writeSome(fd: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, (error, count) => {
      if (error?.code === 'EAGAIN') setTimeout(resolve, BUSY_RETRY_MS, 0);
      else if (error) reject(error);
      else resolve(count);
    });
  });
}
