import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cli } from './support/cli.ts';

/** Every file that is loaded for a command: Node notes them with its coverage. */
async function loaded(...args: string[]): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-loaded-'));
  try {
    await cli(args, { env: { NODE_V8_COVERAGE: directory, INTERVIEW_WEBHOOKS_SECRET: 'none' }, input: '' });
    const files = await readdir(directory);
    const reports = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
    return reports.flatMap((report) =>
      // As V8 writes it.
      (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url),
    );
  } finally {
    await rm(directory, { recursive: true });
  }
}

it('no command loads the server but those that are the server’s', async () => {
  for (const args of [
    ['verify'],
    ['keys', 'list'],
    ['settings', 'get'],
    ['deliveries', 'list'],
    ['--help'],
  ]) {
    const files = await loaded(...args);
    expect(files.some((url) => url.includes('/apps/cli/dist/'))).toBe(true);
    expect(files.filter((url) => /apps\/server|packages\/d|mongo|fastify/.test(url))).toEqual([]);
  }
  const server = await loaded('secrets', 'rotate', '--help');
  expect(server.filter((url) => url.includes('mongo'))).toEqual([]);
});

it('whoever reads only the beginning, as head does, is no failure', async () => {
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(stderr).toBe('');
});
