import mongoose from 'mongoose';
import { type IndexChanges, makeIndexes, type ReportIndex } from './indexes.ts';
import type { Models } from './models.ts';
import { asUnusable, DatabaseUnusableError } from './unusable.ts';

/** Where a database is. */
export interface Target {
  readonly uri: string;
  readonly clientOptions: mongoose.mongo.MongoClientOptions;
  /** By default the one in the address. */
  readonly name: string | undefined;
}

export interface PreparedServer {
  /** Neither a member of a replica set nor a sharded cluster's router. */
  readonly isStandalone: boolean;
  /** A sharded cluster's router. */
  readonly isSharded: boolean;
  /** Whether one command may write to several collections: `bulkWrite`, from MongoDB 8.0 on. */
  readonly hasBulkWrite: boolean;
  readonly indexes: IndexChanges;
}

/** The version from which on all that is asked of the server is there, and what its `hello` says from then on. */
const OLDEST = { version: '6.0', wireVersion: 17 };
/** MongoDB 8.0's. */
const BULK_WRITE_WIRE_VERSION = 25;

/**
 * Looks whether the server can be used, and makes the indexes that are missing. On a connection of its own without a time
 * limit: an index on a large collection takes as long as it takes.
 *
 * @throws DatabaseUnusableError where trying again would change nothing
 */
export async function prepareServer(
  models: Models,
  { uri, clientOptions, name }: Target,
  report?: ReportIndex,
): Promise<PreparedServer> {
  let client: mongoose.mongo.MongoClient | undefined;
  try {
    client = new mongoose.mongo.MongoClient(uri, clientOptions);
    const { setName, msg, maxWireVersion } = await client.db('admin').command({ hello: 1 });
    if (Number(maxWireVersion) < OLDEST.wireVersion) throw await tooOld(client);
    const indexes = await makeIndexes(client.db(name), models, report);
    const isSharded = msg === 'isdbgrid';
    const hasBulkWrite = Number(maxWireVersion) >= BULK_WRITE_WIRE_VERSION;
    return { isStandalone: setName === undefined && !isSharded, isSharded, hasBulkWrite, indexes };
  } catch (error) {
    throw asUnusable(error) ?? error;
  } finally {
    await client?.close();
  }
}

async function tooOld(client: mongoose.mongo.MongoClient): Promise<DatabaseUnusableError> {
  const { version } = await client.db('admin').command({ buildInfo: 1 });
  return new DatabaseUnusableError(
    `The database is MongoDB ${String(version)}; this needs ${OLDEST.version} or newer.`,
  );
}
