import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built dashboard is, or undefined where it has not been built (in development Vite serves it). */
export async function dashboardDirectory(): Promise<string | undefined> {
  const manifest = fileURLToPath(import.meta.resolve('@interview-webhooks/dashboard/package.json'));
  const directory = join(dirname(manifest), 'dist');
  try {
    await access(join(directory, 'index.html'));
    return directory;
  } catch {
    return undefined;
  }
}
