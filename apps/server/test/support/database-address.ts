import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const DatabaseAddress = z.object({ uri: z.string(), pid: z.int() });

/** Where the embedded database of `dataDir` is, and its process, as it says itself. */
export async function readDatabaseAddress(dataDir: string): Promise<z.infer<typeof DatabaseAddress>> {
  return DatabaseAddress.parse(JSON.parse(await readFile(join(dataDir, 'mongodb.json'), 'utf8')));
}
