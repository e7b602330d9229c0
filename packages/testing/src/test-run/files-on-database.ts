import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const IMPORT = /\b(?:import|export)\s+(?:type\s+)?([^'";]*?)\bfrom\s+'([^']+)'/g;
const ownDatabase = fileURLToPath(new URL('../../../database/src/testing/test-database.ts', import.meta.url));
/** What of this package gives a process its database. */
const starters = /\b(?:startServer|systemProcess|onRunDatabase)\b/;

/**
 * The test files of the package in `directory` that touch the database: they import, by themselves or by way of what is beside
 * them, what gives a test its database.
 */
export function filesOnDatabase(directory: string): string[] {
  const files = ['src', 'test'].flatMap((folder) => testFilesIn(join(directory, folder)));
  return files.filter((file) => file.endsWith('.replica-set.test.ts') || touchesDatabase(file));
}

function testFilesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** @param seen files that were looked at already, for imports may go in a circle */
function touchesDatabase(file: string, seen = new Set<string>()): boolean {
  if (file === ownDatabase) return true;
  if (seen.has(file) || !file.endsWith('.ts')) return false;
  seen.add(file);
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].some(([, names = '', from = '']) => {
    if (from === '@interview-webhooks/database/testing') return true;
    if (from === '@interview-webhooks/testing') return starters.test(names);
    return from.startsWith('.') && touchesDatabase(resolve(dirname(file), from), seen);
  });
}
