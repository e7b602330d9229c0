import {
  type Database,
  type DatabaseOptions,
  openDatabase,
  startEmbeddedMongo,
} from '@interview-webhooks/database';
import type { FastifyBaseLogger } from 'fastify';

const LOCAL_NAME = 'interview_webhooks';

export interface DatabaseFor {
  database: Database;
  close: () => Promise<void>;
}

/**
 * The database at `uri`, or without one (local mode) that of the embedded engine in `dataDir`, started if it does
 * not run yet.
 */
export async function databaseFor(
  uri: string | undefined,
  {
    dataDir,
    log,
    ...options
  }: Pick<DatabaseOptions, 'onCommand'> & { dataDir: string; log: FastifyBaseLogger },
): Promise<DatabaseFor> {
  if (uri !== undefined) {
    const database = openDatabase(uri, options);
    return { database, close: () => database.close() };
  }
  const embedded = await startEmbeddedMongo({ dataDir, log });
  const database = openDatabase(embedded.uri, { ...options, name: LOCAL_NAME });
  return {
    database,
    close: async () => {
      await database.close();
      await embedded.close();
    },
  };
}
