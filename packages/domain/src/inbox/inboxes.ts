import type { InboxAnswer, InboxRequest } from '@interview-webhooks/schema';
import { LRUCache } from 'lru-cache';
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** Of more than so many, the one that nothing has come to for longest is forgotten. */
const MAX_INBOXES = 20;
const KEPT_REQUESTS = 200;
/** What changes within so long is shown at once. */
const TOGETHER_MS = 100;

/** One receiver to try things with. */
export interface StoredInbox {
  answer: InboxAnswer;
  /** Newest first. */
  requests: InboxRequest[];
}

/** Receivers in this process's memory, which go with it. */
export interface Inboxes {
  /** The inbox of that name, empty where nothing has come to it. */
  read: (name: string) => Readonly<StoredInbox>;
  names: () => string[];
  /** Where webhooks to it are sent. */
  url: (name: string) => string;
  add: (name: string, request: InboxRequest) => void;
  setAnswer: (name: string, answer: InboxAnswer) => void;
  clear: (name: string) => void;
  /** What `look` gives now and after every change, until `signal` says so, which throws AbortError. */
  watch: <View>(look: () => View, signal: AbortSignal) => AsyncGenerator<View, never>;
}

/** @param base where this process listens, without a slash at the end */
export function createInboxes(base: () => string): Inboxes {
  const inboxes = new LRUCache<string, StoredInbox>({ max: MAX_INBOXES });
  const changed = new EventEmitter<{ change: [] }>();
  changed.setMaxListeners(0);
  let version = 0;

  const empty = (): StoredInbox => ({ answer: { mode: 'ok', seconds: 10 }, requests: [] });
  const change = (name: string, make: (inbox: StoredInbox) => StoredInbox) => {
    inboxes.set(name, make(inboxes.get(name) ?? empty()));
    version += 1;
    changed.emit('change');
  };
  return {
    read: (name) => inboxes.peek(name) ?? empty(),
    url: (name) => `${base()}/inbox/${name}`,
    names: () => [...inboxes.keys()].sort(),
    add: (name, request) => {
      change(name, ({ answer, requests }) => ({
        answer,
        requests: [request, ...requests].slice(0, KEPT_REQUESTS),
      }));
    },
    setAnswer: (name, answer) => {
      change(name, ({ requests }) => ({ answer, requests }));
    },
    clear: (name) => {
      change(name, ({ answer }) => ({ answer, requests: [] }));
    },
    async *watch(look, signal) {
      for (let seen = -1; ;) {
        if (version === seen) await once(changed, 'change', { signal });
        else {
          seen = version;
          yield look();
          await pause(TOGETHER_MS, undefined, { signal });
        }
      }
    },
  };
}
