import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onRunDatabase } from './test-run/run-database.ts';

/** A process of the system, and what it says. */
export interface SystemProcess {
  readonly pid: number;
  /** What it has printed for people so far. */
  readonly stdout: () => string;
  /** What it has logged so far. */
  readonly stderr: () => string;
  /** Resolves with the match when `pattern` appears on stdout; rejects when the process ends without it. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** The same for stderr. A line there may come later than one on stdout that was written after it. */
  readonly logged: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** What it prints and logs is read no more: the pipes are broken, or fill up. */
  readonly stopReading: (pipes: 'broken' | 'full') => void;
}

export interface ProcessOptions {
  /**
   * All of its environment besides `PATH`; any free port and an `info` log unless it says otherwise. Its database is that of
   * `DATA_DIR`, or one on the run's replica set in its place.
   */
  env: Record<string, string>;
  /** The server with everything in it, what only delivers, what prepares the database, or the command line. */
  program?: keyof typeof programs;
  args?: readonly string[];
  /** What it reads on stdin; nothing unless given. */
  input?: string | Uint8Array;
  /** Where the program's package is; the workspace's unless it says otherwise. */
  directory?: string;
  /** Given to Node itself, such as `--cpu-prof`. */
  nodeArgs?: readonly string[];
}

/** Where each was built. */
const programs = {
  main: ['server', 'main'],
  worker: ['server', 'worker'],
  migrate: ['server', 'migrate'],
  cli: ['cli', 'main'],
} as const;

function appDirectory(app: string): string {
  return fileURLToPath(new URL(`../../../apps/${app}/`, import.meta.url));
}

/** Starts a program of the system as its own process: what `turbo run build` made, which starts in half of the sources' time. */
export function systemProcess({
  env,
  program = 'main',
  args = [],
  input,
  directory,
  nodeArgs = [],
}: ProcessOptions): SystemProcess {
  const [app, name] = programs[program];
  const file = join(directory ?? appDirectory(app), `dist/${name}.js`);
  const child = spawn(process.execPath, [...nodeArgs, file, ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'info', ...onRunDatabase(env) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // One that ends without reading it says by its exit code why.
  child.stdin.on('error', () => undefined).end(input);
  let stdout = '';
  let stderr = '';
  let ended = false;
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // A test run that breaks off takes its processes with it.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const exited = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]) => {
    ended = true;
    process.off('exit', kill);
    // What Node documents for `close`.
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });

  const untilIn = async (pipe: Readable, said: () => string, pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(said());
      if (match) return match;
      if (ended) throw new Error(`${program} ended without saying ${String(pattern)}: ${stderr}`);
      await Promise.race([once(pipe, 'data'), exited]);
    }
  };
  const stopReading = (pipes: 'broken' | 'full') => {
    for (const pipe of [child.stdout, child.stderr]) {
      if (pipes === 'broken') {
        pipe.destroy();
        continue;
      }
      pipe.pause();
      // Otherwise what is unread keeps the process from being over.
      child.once('exit', () => pipe.resume());
    }
  };
  if (child.pid === undefined) throw new Error(`${file} could not be started`);
  return {
    pid: child.pid,
    stdout: () => stdout,
    stderr: () => stderr,
    printed: (pattern) => untilIn(child.stdout, () => stdout, pattern),
    logged: (pattern) => untilIn(child.stderr, () => stderr, pattern),
    exited,
    kill: (signal) => child.kill(signal),
    stopReading,
  };
}
