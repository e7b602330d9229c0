import { LRUCache } from 'lru-cache';
import mongoose from 'mongoose';

/**
 * How long anything is kept, in milliseconds. Every change is announced in its workspace's document, so this bounds only what
 * nobody announces: a change by an earlier version that runs beside this one, by hand, or by a process that died over it.
 */
const KEPT_MS = 5_000;

export interface KeptOptions {
  /** See {@link KEPT_MS}, the default. */
  keptMs?: number;
  maxEntries?: number;
  /** Of the documents as they are stored; in memory it is about three times as much. */
  maxBytes?: number;
}

/**
 * Documents of workspaces that were read, each with what it rests on: a text that is another one after every change.
 * Undefined where nothing may be kept and nothing that is kept may be used.
 */
export interface Kept<Document extends object> {
  get(key: string, basis: string | undefined): Document | undefined;
  /** @param readAt before it was read, as `performance.now()` counts */
  put(key: string, basis: string | undefined, entry: { document: Document; readAt: number }): void;
  /** How many there are. */
  size(): number;
}

export function createKept<Document extends object>({
  keptMs = KEPT_MS,
  maxEntries = 10_000,
  maxBytes = 8 * 1024 * 1024,
}: KeptOptions = {}): Kept<Document> {
  interface Entry {
    document: Document;
    basis: string;
    readAt: number;
  }
  const entries = new LRUCache<string, Entry>({
    max: maxEntries,
    maxSize: maxBytes,
    sizeCalculation: ({ document }) => mongoose.mongo.BSON.calculateObjectSize(document),
  });
  return {
    get(key, basis) {
      const entry = entries.get(key);
      const holds = entry?.basis === basis && performance.now() - (entry?.readAt ?? 0) < keptMs;
      return holds ? entry?.document : undefined;
    },
    put(key, basis, { document, readAt }) {
      if (basis !== undefined) entries.set(key, { document, basis, readAt });
    },
    size: () => entries.size,
  };
}
