import { stripVTControlCharacters, styleText } from 'node:util';
import { isColorUnwanted } from '../env.ts';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where commands say what they have to say. */
export interface Terminal {
  /** Whether answers are wanted as JSON. */
  readonly json: boolean;
  readonly hasColor: boolean;
  /** Whether somebody is there who can be asked. */
  readonly isInteractive: boolean;
  paint(style: Style, text: string): string;
  /** A line on stdout. */
  print(text: string): void;
  /** What the command was asked for: as JSON, or as `text` shows it. */
  answer(value: unknown, text: () => string): void;
  /** A line on stderr: what is not part of the answer. */
  note(text: string): void;
  /** How far something has come, on stderr. On a terminal in one line, which is written over. */
  progress(text: string): void;
}

export function createTerminal({ json }: { json: boolean }): Terminal {
  const { stdout, stderr, stdin } = process;
  const hasColor = stdout.isTTY && !isColorUnwanted();
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    // Whoever reads only the beginning, as `head` does, has what he wanted.
    process.exit(0);
  });
  let shown = '';
  const clear = () => {
    if (shown !== '' && stderr.isTTY) stderr.write('\r\u001b[2K');
    shown = '';
  };
  const print = (text: string) => {
    clear();
    stdout.write(`${text}\n`);
  };
  return {
    json,
    hasColor,
    isInteractive: stdin.isTTY && stderr.isTTY && !json,
    paint: (style, text) => (hasColor ? styleText(style, text) : text),
    print,
    answer: (value, text) => {
      print(json ? JSON.stringify(value, null, 2) : text());
    },
    note: (text) => {
      clear();
      stderr.write(`${stderr.isTTY ? text : stripVTControlCharacters(text)}\n`);
    },
    progress: (text) => {
      if (text === shown) return;
      clear();
      stderr.write(stderr.isTTY ? text : `${text}\n`);
      shown = text;
    },
  };
}
