import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface DatabaseAddress {
  readonly uri: string;
  readonly pid: number;
}

/** Where the embedded database of `dataDir` is, and its process, as it says itself. */
export async function readDatabaseAddress(dataDir: string): Promise<DatabaseAddress> {
  const text = await readFile(join(dataDir, 'mongodb.json'), 'utf8');
  // Written by the database's process; a wrong shape fails the test that uses it.
  return JSON.parse(text) as DatabaseAddress;
}
