import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Ignored by git. */
export const resultsDirectory = fileURLToPath(new URL('../../results/', import.meta.url));

/** Where something was measured, and how busy the machine was just before. */
export function machine() {
  const [processor] = cpus();
  return {
    processor: processor?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    platform: process.platform,
    load: loadavg().map((value) => Math.round(value * 100) / 100),
  };
}

/** Keeps what a run has found. @returns the file's name */
export async function saveResults(name: string, results: object): Promise<string> {
  await mkdir(resultsDirectory, { recursive: true });
  const file = join(resultsDirectory, `${name}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}
