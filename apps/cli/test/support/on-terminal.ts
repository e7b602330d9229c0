import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A command on a terminal of its own. */
export interface OnTerminal {
  output: () => string;
  /** Resolves when `pattern` is on the terminal; rejects when the command ends without it. */
  shown: (pattern: RegExp) => Promise<void>;
  type: (text: string) => void;
  exitCode: Promise<number | null>;
}

export const CTRL_C = '\u0003';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Runs the built command line on a pseudo-terminal, which util-linux's `script` makes. */
export function onTerminal(args: readonly string[], env: Record<string, string>): OnTerminal {
  // In the shell's place, which would have an exit code of its own after Ctrl-C. Nothing in the arguments needs quoting.
  const command = ['exec', process.execPath, main, ...args].join(' ');
  const child = spawn(
    'script',
    ['--quiet', '--return', '--echo', 'never', '--command', command, '/dev/null'],
    {
      env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
      stdio: 'pipe',
    },
  );
  let output = '';
  let hasEnded = false;
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const exitCode = once(child, 'close').then(([code]: (number | null)[]) => {
    hasEnded = true;
    process.off('exit', kill);
    return code ?? null;
  });
  return {
    output: () => output,
    shown: async (pattern) => {
      while (!pattern.test(output)) {
        if (hasEnded) throw new Error(`ended without showing ${String(pattern)}: ${output}`);
        await Promise.race([once(child.stdout, 'data'), exitCode]);
      }
    },
    type: (text) => child.stdin.write(text),
    exitCode,
  };
}
