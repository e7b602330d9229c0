import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface ServerProcess {
  readonly pid: number;
  /** What it has printed for people so far. */
  readonly stdout: () => string;
  /** What it has logged so far. */
  readonly stderr: () => string;
  /** Resolves with the match when `pattern` appears on stdout; rejects when the process ends without it. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** The server as its own process, from source, with nothing in its environment but `env`. */
export function serverProcess(env: Record<string, string>): ServerProcess {
  const child = spawn(
    process.execPath,
    ['--conditions=@interview-webhooks/source', '--import', 'tsx', main],
    {
      env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]) => ({
    code: code as number | null, // what Node documents for `close`
    signal: signal as NodeJS.Signals | null,
  }));

  const printed = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(stdout);
      if (match) return match;
      if (child.exitCode !== null)
        throw new Error(`the server ended without printing ${String(pattern)}: ${stderr}`);
      await Promise.race([once(child.stdout, 'data'), exited]);
    }
  };
  if (child.pid === undefined) throw new Error('the server could not be started');
  return {
    pid: child.pid,
    stdout: () => stdout,
    stderr: () => stderr,
    printed,
    exited,
    kill: (signal) => child.kill(signal),
  };
}
