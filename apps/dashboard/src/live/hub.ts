import { joinTabGroup, type TabGroup } from './tab-group.ts';
import type { OpenStream, Question, Update } from './streams.ts';

/** Everything that this tab watches. */
export interface Hub {
  /** @returns what ends it */
  watch: (question: Question, onUpdate: (update: Update) => void) => () => void;
  /** @param identity the same in tabs that may see the same; null when nobody is signed in */
  signedInAs: (identity: string | null) => void;
}

type Listener = (update: Update) => void;

/** Who listens to which question. */
function createWatched() {
  const watched = new Map<string, { question: Question; listeners: Set<Listener> }>();
  return {
    add: (question: Question, listener: Listener): (() => void) => {
      const entry = watched.get(question.key) ?? { question, listeners: new Set() };
      watched.set(question.key, entry);
      entry.listeners.add(listener);
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size === 0 && watched.get(question.key) === entry) watched.delete(question.key);
      };
    },
    questions: () => [...watched.values()].map(({ question }) => question),
    give: ({ key }: Question, update: Update): void => {
      for (const listener of watched.get(key)?.listeners ?? []) listener(update);
    },
  };
}

/**
 * Watches while the tab can be seen and somebody is signed in, together with the other tabs. A tab that is hidden lets
 * go, and asks how things stand as soon as it is shown again.
 */
export function createHub(open: OpenStream): Hub {
  const { add, questions, give } = createWatched();
  let identity: string | null = null;
  let joined: { identity: string; group: TabGroup } | undefined;

  const leave = () => {
    if (!joined) return;
    joined.group.leave();
    joined = undefined;
    for (const question of questions()) give(question, { live: false });
  };
  const reconsider = () => {
    const isWatching = canShare && document.visibilityState === 'visible' && questions().length > 0;
    const wanted = isWatching ? identity : null;
    if (joined?.identity !== wanted) leave();
    if (wanted === null) return;
    if (joined) joined.group.changed();
    // Tabs that are signed in with another key have another name, and so hear nothing of this one's.
    else
      joined = {
        identity: wanted,
        group: joinTabGroup({ name: `live ${wanted}`, open, questions, onUpdate: give }),
      };
  };
  // Together: a page that asks something else stops one question and begins another.
  let pending = false;
  const reconsiderSoon = () => {
    if (pending) return;
    pending = true;
    queueMicrotask(() => {
      pending = false;
      reconsider();
    });
  };
  document.addEventListener('visibilitychange', reconsider);

  return {
    watch(question, listener) {
      const remove = add(question, listener);
      reconsiderSoon();
      return () => {
        remove();
        reconsiderSoon();
      };
    },
    signedInAs(next) {
      identity = next;
      reconsider();
    },
  };
}

/** Locks are there over https and on localhost only; elsewhere pages ask again and again instead. */
const canShare = 'locks' in navigator && 'BroadcastChannel' in globalThis;
