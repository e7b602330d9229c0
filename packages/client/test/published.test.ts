import { startServer } from '@interview-webhooks/testing';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

const manifest = {
  private: true,
  type: 'module',
  devDependencies: { '@types/node': '20.19.43', typescript: '6.0.3' },
};
const tsconfig = {
  // The declarations themselves are checked, too.
  compilerOptions: {
    module: 'NodeNext',
    target: 'ES2023',
    types: ['node'],
    strict: true,
    skipLibCheck: false,
    outDir: 'dist',
  },
  files: ['main.ts'],
};

/** Outside of the workspace: a project with nothing in it, and what `npm publish` would send away. */
let project: string;
let tarball: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'interview-webhooks-consumer-'));
  await cp(join(root, 'test/consumer.ts'), join(project, 'main.ts'));
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(tsconfig));
  const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', project], { cwd: root });
  tarball = (JSON.parse(stdout) as { filename: string }).filename; // as pnpm documents it
});
afterAll(() => rm(project, { recursive: true, force: true }));

it('is packed as publint and attw want it', async () => {
  await run('pnpm', ['exec', 'publint', tarball, '--strict'], { cwd: root });
  await run('pnpm', ['exec', 'attw', tarball, '--profile', 'esm-only'], { cwd: root });
});

it('works in an empty project: installed, type-checked and run against a server', async () => {
  const npm = ['install', tarball, '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', npm, { cwd: project });
  await using server = await startServer();
  await run('npx', ['tsc', '-p', '.'], { cwd: project });
  const { stdout } = await run('node', ['dist/main.js', server.url, server.apiKey], { cwd: project });
  expect(JSON.parse(stdout)).toEqual({
    name: 'Backend engineer',
    count: 1,
    refused: 'not-found',
    forged: 'missing-header',
    misspelt: 'function',
  });
}, 120_000);

it('brings nothing of the server along', async () => {
  expect((await readdir(join(project, 'node_modules/@interview-webhooks'))).sort()).toEqual(['client']);
  const installed = join(project, 'node_modules/@interview-webhooks/client');
  for (const file of ['dist/index.js', 'dist/index.d.ts']) {
    const text = await readFile(join(installed, file), 'utf8');
    const imported = [...text.matchAll(/^(?:import|export) .*from ["']([^"']+)["'];$/gm)].map(
      ([, name]) => name,
    );
    expect(
      imported.filter((name) => !/^(@trpc\/(client|server)|eventsource|zod)(\/|$)/.test(name ?? '')),
    ).toEqual([]);
    expect(text).not.toMatch(/mongoose|ipaddr|["']node:/i);
  }
});
