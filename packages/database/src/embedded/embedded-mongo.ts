import { once } from 'node:events';
import type { ControlConnection } from './control-connection.ts';
import { prepareEmbeddedPaths } from './embedded-paths.ts';
import { reachEngine } from './engines.ts';
import type { EmbeddedMongoLog } from './log.ts';
import { pause } from './pause.ts';

/** How long a close waits for the data files to come to rest. */
const CLOSE_MS = 10_000;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;

/** This process's use of the data directory's database. */
export interface EmbeddedMongo {
  /** The driver's address; it stays good when the database's process is restarted. */
  readonly uri: string;
  /** Ends this use. Whoever is the last waits until the database has closed its files, 10 s at most. */
  close(): Promise<void>;
}

export interface EmbeddedMongoOptions {
  readonly dataDir: string;
  /** Gets what supervision does: started, lost, restarted, failing. */
  readonly log: EmbeddedMongoLog;
}

/**
 * Opens the database of `dataDir`, in a process of its own that all users of the directory share: the
 * first one starts it, and it ends when the last one has closed or died. Should that process die, each
 * user starts it again until it closes.
 *
 * @throws Error when no engine can run here, or the data directory cannot be opened
 */
export async function startEmbeddedMongo({ dataDir, log }: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const paths = await prepareEmbeddedPaths(dataDir);
  const closing = new AbortController();
  const { signal } = closing;
  const reach = () => reachEngine({ paths, log, signal });

  const first = await reach();
  const { uri, pid } = first.greeting;
  log.info({ uri, pid }, 'MongoDB started');
  const supervised = supervise({ first, reach, log, signal });
  return {
    uri,
    close: () => {
      closing.abort();
      return supervised;
    },
  };
}

interface Supervision {
  readonly first: ControlConnection;
  readonly reach: () => Promise<ControlConnection>;
  readonly log: EmbeddedMongoLog;
  readonly signal: AbortSignal;
}

/** Replaces each connection that is lost by a new one, until `signal` is aborted; then leaves. */
async function supervise({ first, reach, log, signal }: Supervision): Promise<void> {
  const { uri } = first.greeting;
  const finished = once(signal, 'abort').then(() => 'finished' as const);
  let connection = first;
  for (;;) {
    const event = await Promise.race([connection.closed.then(() => 'lost' as const), finished]);
    if (event === 'finished') {
      await leave(connection, log);
      return;
    }
    log.warn({ pid: connection.greeting.pid }, 'MongoDB lost');
    const next = await reachAgain({ reach, log, signal });
    if (next === undefined) return;
    connection = next;
    log.info(connection.greeting, 'MongoDB restarted');
    if (connection.greeting.uri !== uri) {
      log.error(
        { before: uri, now: connection.greeting.uri },
        'MongoDB has a new address: restart this process',
      );
    }
  }
}

/** @returns `undefined` when `signal` was aborted before the database came back */
async function reachAgain({
  reach,
  log,
  signal,
}: Omit<Supervision, 'first'>): Promise<ControlConnection | undefined> {
  for (let retryInMs = FIRST_RETRY_MS; ; retryInMs = Math.min(retryInMs * 2, MAX_RETRY_MS)) {
    try {
      return await reach();
    } catch (error) {
      if (signal.aborted) return undefined;
      log.error({ err: error, retryInMs }, 'MongoDB failing to restart');
      await pause(retryInMs, signal);
    }
  }
}

async function leave(connection: ControlConnection, log: EmbeddedMongoLog): Promise<void> {
  const waited = new AbortController();
  connection.leave();
  const late = pause(CLOSE_MS, waited.signal).then(() => {
    if (!waited.signal.aborted)
      log.warn({ pid: connection.greeting.pid }, 'MongoDB is slow to close; not waiting');
  });
  await Promise.race([connection.closed, late]);
  waited.abort();
}
