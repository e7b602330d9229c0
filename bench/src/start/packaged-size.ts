import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface PackagedSize {
  /** Everything that production needs beside Node. */
  allMb: number;
  /** Its dependencies. */
  modulesMb: number;
}

/** How much `npm run package` puts on the disk. */
export async function packagedSize(): Promise<PackagedSize> {
  const parent = await mkdtemp(join(tmpdir(), 'interview-webhooks-package-'));
  const folder = join(parent, 'package');
  try {
    await run('npm', ['run', 'package', '--', folder], { cwd: root });
    return { allMb: await diskMb(folder), modulesMb: await diskMb(join(folder, 'node_modules')) };
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function diskMb(folder: string): Promise<number> {
  const { stdout } = await run('du', ['-sk', folder]);
  return Number.parseInt(stdout) / 1024;
}
