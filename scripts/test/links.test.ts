import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Link {
  /** The document it stands in, from the root. */
  from: string;
  to: string;
}

async function documents(): Promise<string[]> {
  const command = ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'];
  const { stdout } = await promisify(execFile)('git', command, { cwd: root });
  return stdout.trim().split('\n');
}

/** What a page says to people: without code, where brackets mean something else. */
function prose(markdown: string): string {
  return markdown
    .replaceAll(/^( *)```[\s\S]*?^\1```/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, '_'));
}

function linksOf(from: string, markdown: string): Link[] {
  return [...prose(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => ({ from, to }))
    .filter(({ to }) => !/^[a-z]+:/.test(to));
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(markdown: string): Set<string> {
  const withoutCode = markdown.replaceAll(/^( *)```[\s\S]*?^\1```/gm, '');
  const headings = [...withoutCode.matchAll(/^#{1,6} +(.+)$/gm)].map(([, text = '']) =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
  return new Set(headings);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** @returns what is wrong with it, or null */
async function faultOf({ from, to }: Link): Promise<string | null> {
  const [path = '', anchor] = to.split('#', 2);
  const target = path === '' ? join(root, from) : resolve(root, dirname(from), path);
  if (!(await isThere(target))) return `${from}: ${to} leads nowhere`;
  if (anchor === undefined) return null;
  const anchors = anchorsOf(await readFile(target, 'utf8'));
  return anchors.has(anchor) ? null : `${from}: ${to} has no such heading`;
}

it('every relative link of every document leads to a file, and its anchor to a heading', async () => {
  const links: Link[] = [];
  for (const file of await documents()) {
    links.push(...linksOf(file, await readFile(join(root, file), 'utf8')));
  }
  // Where nothing is found, nothing is checked.
  expect(links.length).toBeGreaterThan(20);
  const faults = await Promise.all(links.map(faultOf));
  expect(faults.filter((fault) => fault !== null)).toEqual([]);
});

/** Files of the repository that a document names as code; what a build or a run makes is not there always. */
function pathsIn(markdown: string): string[] {
  const named = [...markdown.matchAll(/`((?:apps|packages|bench|deploy|scripts|patches)\/[\w./@-]*)`/g)];
  return named.map(([, path = '']) => path).filter((path) => !path.startsWith('bench/results'));
}

it('every file that a document names is there', async () => {
  const faults: string[] = [];
  for (const file of await documents()) {
    for (const path of pathsIn(await readFile(join(root, file), 'utf8'))) {
      if (!(await isThere(join(root, path)))) faults.push(`${file}: ${path} is not there`);
    }
  }
  expect(faults).toEqual([]);
});

it('a link that is broken is found', async () => {
  const text = '# A title, with `code`\n\n[a](missing.md) [b](#a-title-with-code) [c](#no) `[d](e)`\n';
  expect(linksOf('README.md', text).map(({ to }) => to)).toEqual(['missing.md', '#a-title-with-code', '#no']);
  expect(anchorsOf(text)).toEqual(new Set(['a-title-with-code']));
  expect(await faultOf({ from: 'README.md', to: 'missing.md' })).toContain('leads nowhere');
  expect(await faultOf({ from: 'README.md', to: '#no' })).toContain('no such heading');
});
