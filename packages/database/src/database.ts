import mongoose from 'mongoose';
import { type Announcements, createAnnouncements } from './announcements.ts';
import { type Changes, createChanges, STREAM_POOL_SIZE, STREAM_SOCKET_TIMEOUT_MS } from './changes.ts';
import { type CommittedRead, createCommittedReads } from './committed-reads.ts';
import { createStatements, type Statements } from './alike.ts';
import { createDocumentReads } from './document-reads.ts';
import { type Expiring, expiringCollections } from './expiry.ts';
import type { IndexChanges, ReportIndex } from './indexes.ts';
import { type DirectCollections, directCollections, type Models, modelsOn } from './models.ts';
import { prepareServer, type Target } from './prepare-server.ts';
import { READ_MAX_MS } from './read-bounds.ts';
import type { KeptOptions } from './kept.ts';
import { createReaders, type Readers } from './readers.ts';
import { createServerClock, type ServerClock } from './server-clock.ts';
import { type AppendSettings, createSettingsLog } from './settings-log.ts';
import type { Timers } from './timers.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';
import { createWorkspaceStates } from './workspace-states.ts';
import { createWriters, type Writers } from './writers.ts';

/** The connection and its models. Usable at once: until {@link connect} succeeds every query is refused. */
export interface Database extends Models {
  /**
   * Connects and creates the indexes that are missing.
   *
   * @throws DatabaseUnusableError when trying again changes nothing
   * @throws whatever the driver throws when the server cannot be reached within two seconds; call again
   */
  connect(): Promise<void>;
  /**
   * Creates the indexes that are missing and drops those that this version replaces, on a connection of its own.
   *
   * @throws as {@link connect}
   */
  migrate(report?: ReportIndex): Promise<IndexChanges>;
  /** Resolves when the server answers. */
  ping(): Promise<void>;
  /** Reads that are put together, or answered from what is kept. */
  readonly read: Readers;
  /** Has to be told of each change of what is kept. */
  readonly announce: Announcements;
  readonly appendSettings: AppendSettings;
  /** Any other read of what no rollback may take back. */
  readonly committed: CommittedRead;
  /** Writes that are put together. */
  readonly write: Writers;
  /** For other writes of many documents at once. */
  readonly statements: Statements;
  /** The driver's own collections, for what is written so often that Mongoose's look at each field is too much. */
  readonly direct: DirectCollections;
  /** What ends by itself. */
  readonly expiring: readonly Expiring[];
  /** What the server says of changes by itself, if it does. */
  readonly changes: Changes;
  /** Says to other processes that there is work; nothing where the server does not report changes. */
  readonly wake: WakeUps;
  /** The server's time. */
  readonly clock: Pick<ServerClock, 'now' | 'aheadMs'>;
  close(): Promise<void>;
}

/**
 * A request must be answered quickly also when the database does not: it is asked for a sign of life this often
 * and given this long for it. Without one, what waits for it fails at once.
 */
const HEARTBEAT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
const SERVER_SELECTION_TIMEOUT_MS = 1_500;
/** The bound where even the heartbeat is answered, but a query is not. */
const SOCKET_TIMEOUT_MS = 5_000;
/** A write that no majority acknowledges in so long is answered as undecided, before its socket would be ended. */
const WRITE_CONCERN_TIMEOUT_MS = 4_000;
/** How long an operation waits for a connection: all of them may wait for a member that does not answer. */
const WAIT_QUEUE_TIMEOUT_MS = 2_000;

/**
 * How often a replica set is asked for its time. A new primary, whose clock may be another one, is asked at once, and that of
 * one server does not jump.
 */
const REPLICA_SET_CLOCK_MS = 60_000;

export interface DatabaseOptions {
  /** The database's name; by default the one in the address. */
  name?: string;
  /** Whether the driver reports every command, for tests and benchmarks that count them. */
  monitorCommands?: boolean;
  /** Told of every command that has ended. docs/observability.md says what that costs. */
  onCommand?: (command: EndedCommand) => void;
  /** Writes as a sharded cluster needs it, on any server; for tests. */
  asSharded?: boolean;
  /** Writes as a server before MongoDB 8.0 needs it, on any server; for tests. */
  asOlder?: boolean;
  /** When the clock is asked; for tests. */
  timers?: Timers;
  /** What is kept of reads; for tests. */
  kept?: KeptOptions;
}

export interface EndedCommand {
  /** For example `find`. */
  name: string;
  durationMs: number;
  ok: boolean;
}

/**
 * Mongoose with our rules: what no schema knows is an error, in what is stored and in what is asked for, and no read goes on
 * for ever.
 */
const configured = new mongoose.Mongoose({
  strict: 'throw',
  strictQuery: 'throw',
  autoCreate: false,
  autoIndex: false,
  // Without a connection a query fails at once instead of waiting in a buffer nobody sees.
  bufferCommands: false,
  maxTimeMS: READ_MAX_MS,
});

/** Opens the database at `uri`, a `mongodb://` or `mongodb+srv://` address. */
export function openDatabase(uri: string, options: DatabaseOptions = {}): Database {
  const connection = configured.createConnection();
  const models = modelsOn(connection);
  const direct = directCollections(models);

  const clientOptions: mongoose.mongo.MongoClientOptions = {
    appName: 'interview-webhooks',
    heartbeatFrequencyMS: HEARTBEAT_MS,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
  };
  const target: Target = { uri, clientOptions, name: options.name };

  let writesAsSharded = false;
  let hasBulkWrite = false;
  const statements = createStatements(() => writesAsSharded);
  /** Another try to connect may find the connection there. */
  let observed: mongoose.mongo.MongoClient | undefined;
  const connect = async () => {
    const { isStandalone, isSharded, ...server } = await prepareServer(models, target);
    hasBulkWrite = server.hasBulkWrite && options.asOlder !== true;
    writesAsSharded = isSharded || options.asSharded === true;
    await connection.openUri(uri, {
      ...clientOptions,
      ...(options.name ? { dbName: options.name } : {}),
      monitorCommands: options.monitorCommands ?? options.onCommand !== undefined,
      socketTimeoutMS: SOCKET_TIMEOUT_MS,
      waitQueueTimeoutMS: WAIT_QUEUE_TIMEOUT_MS,
      // Whatever the address says: another member may not have what was acknowledged.
      readPreference: 'primary',
      // Acknowledged means journaled on most members: what a caller was told is stored stays stored. A server that is
      // all there is must not be asked for a majority: the embedded engine would not wait for its journal then.
      writeConcern: isStandalone
        ? { w: 1, journal: true }
        : { w: 'majority', journal: true, wtimeoutMS: WRITE_CONCERN_TIMEOUT_MS },
    });
    const client = connection.getClient();
    if (client !== observed) {
      client.on('topologyDescriptionChanged', ({ newDescription }) => {
        committed.noteTopology(newDescription);
      });
      if (options.onCommand) tellOfCommands(client, options.onCommand);
      onNewPrimary(client, () => void clock.refresh());
    }
    observed = client;
    committed.begin(isStandalone);
    await clock.start(isStandalone ? undefined : REPLICA_SET_CLOCK_MS);
    await changes.start(!isStandalone);
  };

  const connected = () => {
    if (!connection.db) throw new mongoose.mongo.MongoNotConnectedError('not connected yet');
    return connection.db;
  };
  const committed = createCommittedReads(() => connected().command({ hello: 1 }));
  // Of the ways to ask for the time the one that needs no privilege and that the embedded engine has, too.
  const clock = createServerClock(
    async () => {
      const [answer] = await connected()
        .aggregate<{ now: Date }>([{ $documents: [{}] }, { $limit: 1 }, { $project: { now: '$$NOW' } }], {
          maxTimeMS: READ_MAX_MS,
        })
        .toArray();
      if (!answer) throw new Error('the database does not say what time it is');
      return answer.now.getTime();
    },
    undefined,
    options.timers,
  );
  const changes = createChanges(() => ({
    // Not with the others: an answer may take minutes here, and says nothing of how fast the database is.
    client: new mongoose.mongo.MongoClient(uri, {
      ...clientOptions,
      maxPoolSize: STREAM_POOL_SIZE,
      socketTimeoutMS: STREAM_SOCKET_TIMEOUT_MS,
    }),
    name: options.name,
  }));

  const states = createWorkspaceStates(direct, committed);
  const announce = createAnnouncements(direct, states);
  const reads = createDocumentReads(direct, committed.read);
  return {
    ...models,
    connect,
    migrate: async (report) => (await prepareServer(models, target, report)).indexes,
    ping: async () => {
      await connected().command({ ping: 1 });
    },
    read: createReaders({ reads, states, announce, kept: options.kept }),
    announce,
    appendSettings: createSettingsLog({ models, announce, hasBulkWrite: () => hasBulkWrite }),
    committed: committed.read,
    write: createWriters(direct, statements),
    statements,
    expiring: expiringCollections(models, statements),
    direct,
    changes,
    wake: createWakeUps(direct, changes.isOffered),
    clock,
    close: async () => {
      clock.stop();
      await changes.close();
      await connection.close();
    },
  };
}

function tellOfCommands(client: mongoose.mongo.MongoClient, tell: (command: EndedCommand) => void): void {
  client.on('commandSucceeded', ({ commandName, duration }) => {
    tell({ name: commandName, durationMs: duration, ok: true });
  });
  client.on('commandFailed', ({ commandName, duration }) => {
    tell({ name: commandName, durationMs: duration, ok: false });
  });
}

function onNewPrimary(client: mongoose.mongo.MongoClient, run: () => void): void {
  client.on('serverDescriptionChanged', ({ previousDescription, newDescription }) => {
    if (newDescription.type === 'RSPrimary' && previousDescription.type !== 'RSPrimary') run();
  });
}
