import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { check } from 'recheck';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Found {
  /** Null where it is put together while the program runs. */
  pattern: RegExp | null;
  text: string;
}

/** What runs in production: tests see only what they made themselves. */
async function sources(): Promise<string[]> {
  const command = [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    'packages/*/src/*',
    'apps/*/src/*',
  ];
  const { stdout } = await promisify(execFile)('git', command, { cwd: root });
  return stdout
    .split('\n')
    .filter((file) => /\.[jt]sx?$/.test(file) && !/\.test\.|^packages\/testing\//.test(file));
}

/** Every regular expression of a source, written between slashes or handed to `RegExp` as text. */
function expressionsIn(source: string, file: string): Found[] {
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ text: node.text, pattern: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
    } else if (
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      node.expression.getText() === 'RegExp'
    ) {
      found.push({ text: node.getText(), pattern: null });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

/** @returns why it can be made to take longer than its input is long, or null */
async function faultOf({ pattern, text }: Found): Promise<string | null> {
  if (!pattern) return `${text}: is put together at run time, where nobody can check it`;
  const judged = await check(pattern.source, pattern.flags, { timeout: null, checker: 'auto' });
  if (judged.status === 'safe') return null;
  const why =
    judged.status === 'vulnerable'
      ? `${judged.complexity.summary}, with ${judged.attack.pattern}`
      : judged.error.kind;
  return `${text}: ${why}`;
}

it('no regular expression takes longer than its input is long', async () => {
  const inFiles = await Promise.all(
    (await sources()).map(async (file) =>
      expressionsIn(await readFile(join(root, file), 'utf8'), file).map((found) => ({ file, found })),
    ),
  );
  const all = inFiles.flat();
  // Where nothing is found, nothing is checked.
  expect(all.length).toBeGreaterThan(50);
  const faults: string[] = [];
  for (const { file, found } of all) {
    const fault = await faultOf(found);
    // A look-behind helps most that begin to search anew within what they have just been through: /(?<! ) +$/.
    if (fault !== null) faults.push(`${file}: ${fault}`);
  }
  expect(faults).toEqual([]);
}, 120_000);

it('one that does is found, however it is written', async () => {
  const source =
    'const a = /^(a|a)*$/; const b = /\\s+$/u; const c = new RegExp(`^${a.source}$`); const d = /^[a-z]+$/i;';
  const faults = await Promise.all(expressionsIn(source, 'a.ts').map(faultOf));
  expect(faults).toEqual([
    expect.stringContaining('exponential'),
    expect.stringContaining('2nd degree polynomial'),
    expect.stringContaining('run time'),
    null,
  ]);
});
