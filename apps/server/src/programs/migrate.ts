import type { IndexChanges, ReportIndex } from '@interview-webhooks/database';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { readDatabaseEnv } from '../env.ts';
import { databaseFor } from '../start/database-for.ts';
import { logDestination } from '../start/log-destination.ts';

export { EnvError } from '../env.ts';
export type { IndexChanges };

/**
 * Makes the indexes of this version, and drops those that it replaces, in the database that the environment names. Of the
 * server's environment it needs no more than where the database is. Servers and workers may run meanwhile.
 *
 * @throws EnvError when the environment is not usable
 * @throws DatabaseUnusableError when the database is not, and whatever the driver throws for one that cannot be reached
 */
export async function migrate(report: ReportIndex): Promise<IndexChanges> {
  const env = readDatabaseEnv();
  const log = pino({ level: env.LOG_LEVEL }, logDestination(2));
  const { database, close } = await databaseFor(env.MONGODB_URI, { dataDir: resolve(env.DATA_DIR), log });
  try {
    return await database.migrate(report);
  } finally {
    await close();
  }
}

/** What was done, in a sentence. */
export function migrationSummary({ made, dropped, kept }: IndexChanges): string {
  const counts = `${made.length} made, ${dropped.length} dropped, ${kept} were there`;
  return `The database is prepared for this version. Indexes: ${counts}.`;
}
