import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** Looks at things again and again for whoever watches them: once for all who watch the same. */
export interface SharedPolls<Value> {
  /**
   * What `read` gives now, and from then on whenever it gives something else. Who is slow to take it skips what has
   * changed again meanwhile.
   *
   * @param key the same for what is the same
   * @throws AbortError when `signal` says so, and whatever `read` throws
   */
  watch: (key: string, read: () => Promise<Value>, signal: AbortSignal) => AsyncGenerator<Value, never>;
  /** How many different things are watched. */
  size: () => number;
}

interface Poll<Value> {
  watchers: number;
  /** Counts changes. */
  version: number;
  value?: Value;
  failure?: unknown;
  changes: EventEmitter<{ change: [] }>;
}

export function createSharedPolls<Value>({ everyMs }: { everyMs: number }): SharedPolls<Value> {
  const polls = new Map<string, Poll<Value>>();

  const run = async (key: string, poll: Poll<Value>, read: () => Promise<Value>): Promise<void> => {
    let known: string | undefined;
    while (poll.watchers > 0) {
      try {
        const value = await read();
        const text = JSON.stringify(value);
        if (text !== known) {
          known = text;
          poll.value = value;
          poll.version += 1;
          poll.changes.emit('change');
        }
      } catch (error) {
        // Each watcher is told; who comes back begins anew.
        poll.failure = error;
        poll.changes.emit('change');
        break;
      }
      await pause(everyMs, undefined, { ref: false });
    }
    polls.delete(key);
  };

  const join = (key: string, read: () => Promise<Value>): Poll<Value> => {
    const known = polls.get(key);
    if (known && !('failure' in known)) {
      known.watchers += 1;
      return known;
    }
    const poll: Poll<Value> = { watchers: 1, version: 0, changes: new EventEmitter() };
    poll.changes.setMaxListeners(0);
    polls.set(key, poll);
    void run(key, poll, read);
    return poll;
  };

  return {
    async *watch(key, read, signal) {
      const poll = join(key, read);
      try {
        for (let seen = 0; ;) {
          signal.throwIfAborted();
          if ('failure' in poll) throw poll.failure;
          if (poll.version === seen) await once(poll.changes, 'change', { signal });
          else {
            seen = poll.version;
            // Set with every version.
            yield poll.value as Value;
          }
        }
      } finally {
        poll.watchers -= 1;
      }
    },
    size: () => polls.size,
  };
}
