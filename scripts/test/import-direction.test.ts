import { ESLint } from 'eslint';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mayImport } from '../../eslint.config.js';
import { packageFolder } from '../import-direction.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The repository's own configuration, without what asks for the types of a whole package: this rule does not. */
const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId === 'workspace/import-direction',
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false } },
  },
});

/** What the rule says of `code`, were it in `file`. */
async function faults(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) });
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId === 'workspace/import-direction')
    .map(({ message }) => message);
}

describe('lint refuses an import against the direction', () => {
  it.each([
    ['packages/schema/src/index.ts', "export * from '@interview-webhooks/database';"],
    ['packages/webhooks/src/index.ts', "import '@interview-webhooks/database';"],
    ['packages/database/src/index.ts', "import '@interview-webhooks/domain';"],
    ['packages/domain/src/index.ts', "export const late = () => import('@interview-webhooks/delivery');"],
    ['packages/api/src/index.ts', "export type Late = import('@interview-webhooks/database').Database;"],
    ['packages/domain/src/index.ts', "export { createSender } from '../../delivery/src/index.ts';"],
    ['packages/schema/src/index.ts', "export * from '@interview-webhooks/database/testing';"],
    ['apps/dashboard/src/main.tsx', "import { appRouter } from '@interview-webhooks/api';"],
    ['packages/client/src/index.ts', "export const late = () => import('@interview-webhooks/api');"],
    ['packages/client/src/index.ts', "export * from '@interview-webhooks/webhooks';"],
    ['packages/database/src/embedded/host/native-engine.js', "import '@interview-webhooks/domain';"],
  ])('%s: %s', async (file, code) => {
    expect(await faults(file, code)).toHaveLength(1);
  });

  it('and allows what goes with it', async () => {
    const code =
      "import type { AppRouter } from '@interview-webhooks/api';\nimport '@interview-webhooks/schema';";
    expect(await faults('apps/dashboard/src/main.tsx', code)).toEqual([]);
    expect(await faults('packages/domain/src/index.ts', "export * from './errors.ts';")).toEqual([]);
  });
});

/** What a package needs without importing it: files that it serves, programs that it starts. */
const uses: Record<string, string[]> = {
  'apps/server': ['dashboard'],
  bench: ['server'],
};

it('package.json names no workspace package that the package may not import', async () => {
  const folders = ['bench', 'scripts'];
  for (const parent of ['apps', 'packages']) {
    folders.push(...(await readdir(join(root, parent))).map((name) => `${parent}/${name}`));
  }
  for (const folder of folders) {
    const places = Object.entries(mayImport).filter(([place]) => packageFolder(place) === folder);
    // `server/serve` is one of the things that `server` offers.
    const mayName = places.flatMap(([, names]) => names.map((name) => name.split('/', 1)[0]));
    const allowed = [...mayName, ...(uses[folder] ?? [])];
    const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as Manifest;
    const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter((name) => name.startsWith('@interview-webhooks/'))
      .map((name) => name.replace('@interview-webhooks/', ''));
    expect(
      named.filter((name) => !allowed.includes(name)),
      folder,
    ).toEqual([]);
  }
});

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
