import { spawn } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { EmbeddedPaths } from './embedded-paths.ts';

const HOST_FILE = fileURLToPath(new URL('./host/engine-host.js', import.meta.url));
/** From this size on, a log begins anew beside the old one. */
const LOG_BYTES = 1_000_000;
/** How much of the log an error quotes. */
const QUOTED_LINES = 8;

/** What runs the host: Node itself, or a loader with Node as its argument. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

export interface HostExit {
  /** `null` after a signal, or where the command could not be run. */
  readonly code: number | null;
  /** The last lines that the host wrote, or how it ended where it wrote none. */
  readonly lastLines: readonly string[];
}

export interface HostProcess {
  readonly exited: Promise<HostExit>;
}

/** Starts a host in a session of its own: it outlives its starter and no terminal's signal reaches it. */
export async function spawnHost(kind: string, launch: Launch, paths: EmbeddedPaths): Promise<HostProcess> {
  await rotate(paths.log);
  const log = await open(paths.log, 'a', 0o600);
  try {
    const { size } = await log.stat();
    const child = spawn(
      launch.command,
      [...launch.args, HOST_FILE, kind, paths.dataDir, paths.runtimeDir],
      // Its own working directory, so that it never keeps its starter's from being removed.
      { cwd: paths.dataDir, detached: true, stdio: ['ignore', 'ignore', log.fd] },
    );
    child.unref();
    const ended = new Promise<{ code: number | null; how: string }>((resolve) => {
      child.once('error', (error) => {
        resolve({ code: null, how: error.message });
      });
      child.once('exit', (code, signal) => {
        resolve({ code, how: signal === null ? `exit code ${code ?? 'unknown'}` : `killed by ${signal}` });
      });
    });
    return {
      exited: ended.then(async ({ code, how }) => {
        const lines = await linesSince(paths.log, size);
        return { code, lastLines: lines.length > 0 ? lines : [how] };
      }),
    };
  } finally {
    await log.close();
  }
}

async function rotate(path: string): Promise<void> {
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  if (size > LOG_BYTES) await rename(path, `${path}.1`);
}

async function linesSince(path: string, offset: number): Promise<string[]> {
  const log = await open(path);
  try {
    const { size } = await log.stat();
    const { buffer, bytesRead } = await log.read({
      buffer: Buffer.alloc(Math.max(0, size - offset)),
      position: offset,
    });
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n');
    return lines.filter((line) => line.trim() !== '').slice(-QUOTED_LINES);
  } finally {
    await log.close();
  }
}
