/** A queue from npm with which somebody else would send webhooks. */
export interface PeerQueue {
  /** Resolves when all of these are stored as durably as ours are. */
  add(ids: readonly string[]): Promise<void>;
}

export interface PeerOptions {
  /** Where its store is: a Redis socket's path or a MongoDB address. */
  store: string;
  /** How many webhooks may be on their way at a time. */
  concurrency: number;
  /** Sends one; throws where it must be tried again. */
  post: (id: string) => Promise<void>;
}

/** As often as ours is tried again. */
export const RETRIES = 7;
export const FIRST_RETRY_MS = 5_000;
