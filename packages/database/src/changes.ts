import type { mongo } from 'mongoose';
import { setTimeout } from 'node:timers/promises';
import { pause } from './embedded/pause.ts';

/** Somebody who wants to know at once that a collection has changed, whichever process changed it. */
export interface Watcher {
  /** The collection's name. */
  readonly collection: string;
  /** It has changed; called for each change, in their order. */
  readonly onChange: () => void;
  /** Every change is reported from now on. What changed before may have been missed: look once. */
  readonly onLive: () => void;
  /** Nothing is reported until `onLive` comes again. The stream is opened again by itself. */
  readonly onLost: (error: unknown) => void;
}

/** Changes that the server reports by itself. There are none on a server that is no member of a replica set. */
export interface Changes {
  /**
   * Watches from when the database is connected on. All watchers of a process share one stream, whose filter runs on the
   * server. It may end without a word, so it must never be the only way to learn of something.
   *
   * @returns what ends it
   */
  watch(watcher: Watcher): () => Promise<void>;
  /** Whether the server is one that reports changes; false until it was connected to. */
  isOffered(): boolean;
}

/**
 * How long the server waits for a change before it answers that there is none. Each answer costs a statement, so this is
 * long; a change is reported at once all the same.
 */
const STREAM_AWAIT_MS = 120_000;
/** A connection that has been silent for longer than the longest wait is dead, whatever it looks like. */
export const STREAM_SOCKET_TIMEOUT_MS = STREAM_AWAIT_MS + 10_000;
/** One for what is waited for, one to end it. */
export const STREAM_POOL_SIZE = 2;
/** From a stream that broke off to the next try. */
const RETRY_MS = 1_000;
/** A server that does not answer is not waited for any longer when a stream is closed. */
const CLOSE_MS = 1_000;
/** Changes in one answer. Each is some 200 bytes, for only the collection's name is asked for. */
const BATCH = 500;

interface Stream {
  close(): Promise<void>;
}

/** @param connect a connection of the stream's own, with the time-outs and the pool above */
export function createChanges(connect: () => { client: mongo.MongoClient; name: string | undefined }) {
  const watchers = new Set<Watcher>();
  let isOffered = false;
  let stream: Stream | undefined;
  /** One change of the stream after the other. */
  let turn = Promise.resolve();

  const restart = (): Promise<void> =>
    (turn = turn.then(async () => {
      await stream?.close();
      stream = isOffered && watchers.size > 0 ? openStream(connect(), [...watchers]) : undefined;
    }));

  return {
    /** Begins, where the server offers it. */
    start(offered: boolean): Promise<void> {
      if (isOffered === offered) return turn;
      isOffered = offered;
      return restart();
    },
    watch(watcher: Watcher): () => Promise<void> {
      watchers.add(watcher);
      void restart();
      return async () => {
        if (watchers.delete(watcher)) await restart();
      };
    },
    isOffered: () => isOffered,
    close(): Promise<void> {
      watchers.clear();
      return restart();
    },
  };
}

/** Reports changes until it is closed. */
function openStream(
  { client, name }: { client: mongo.MongoClient; name: string | undefined },
  watchers: readonly Watcher[],
): Stream {
  const ends = new AbortController();
  const pipeline = pipelineFor(watchers);
  const options = {
    maxAwaitTimeMS: STREAM_AWAIT_MS,
    batchSize: BATCH,
    // Each stream goes through everything that is written, and the primary has enough to do.
    readPreference: 'secondaryPreferred',
  } as const;
  let close = () => Promise.resolve();

  const follow = async () => {
    // The driver resumes it after a failover. One that it gives up is begun anew, and all its watchers look once.
    const stream = client.db(name).watch<mongo.BSON.Document, Reported>(pipeline, options);
    // That it cannot be ended properly says nothing new.
    close = () => stream.close().catch(() => undefined);
    // The server's first answer brings a token, also where nothing has changed.
    stream.once('resumeTokenChanged', () => {
      for (const { onLive } of watchers) onLive();
    });
    try {
      for await (const { ns } of stream)
        for (const { collection, onChange } of watchers) if (collection === ns.coll) onChange();
      throw new Error('the server has ended the change stream');
    } catch (error) {
      if (!ends.signal.aborted) for (const { onLost } of watchers) onLost(error);
    } finally {
      await close();
    }
  };
  const done = (async () => {
    while (!ends.signal.aborted) {
      await follow();
      await pause(RETRY_MS, ends.signal);
    }
  })();
  return {
    close: async () => {
      ends.abort();
      const late = setTimeout(CLOSE_MS, undefined, { ref: false });
      // The cursor, and then at once the connection: the server ends its wait only when it has something else to write.
      await Promise.race([close(), late]);
      await Promise.race([client.close().then(() => done), late]);
    },
  };
}

/** What is left of a change by {@link pipelineFor}; the driver's own type for it has all that it could have. */
type Reported = mongo.ChangeStreamDocument & { ns: { coll: string } };

/** What the server leaves out before it sends anything: other collections, and all of a change but where it was. */
function pipelineFor(watchers: readonly Watcher[]): mongo.BSON.Document[] {
  const collections = [...new Set(watchers.map(({ collection }) => collection))];
  return [
    {
      $match: {
        'ns.coll': { $in: collections },
        operationType: { $in: ['insert', 'update', 'replace', 'delete'] },
      },
    },
    { $project: { 'ns.coll': 1 } },
  ];
}
