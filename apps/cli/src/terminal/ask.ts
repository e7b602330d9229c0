import { createInterface } from 'node:readline/promises';

/** Asks a question that is answered with y or anything else. Ctrl-C is no. */
export async function ask(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const interrupted = new Promise<string>((resolve) => {
      lines.once('SIGINT', () => {
        resolve('');
      });
      // The end of the input.
      lines.once('close', () => {
        resolve('');
      });
    });
    const answer = await Promise.race([lines.question(`${question} [y/N] `), interrupted]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
