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

/**
 * Watches while the tab can be seen and somebody is signed in, together with the other tabs. A tab that is hidden lets
 * go, and asks how things stand as soon as it is shown again.
 */
export function createHub(open: OpenStream): Hub {
  const watched = new Map<string, { question: Question; listeners: Set<Listener> }>();
  let identity: string | null = null;
  let joined: { identity: string; group: TabGroup } | undefined;

  const give = (key: string, update: Update) => {
    for (const listener of watched.get(key)?.listeners ?? []) listener(update);
  };
  const leave = () => {
    if (!joined) return;
    joined.group.leave();
    joined = undefined;
    for (const key of watched.keys()) give(key, { live: false });
  };
  const join = (as: string): TabGroup => {
    const group = joinTabGroup({
      // Tabs that are signed in with another key are not in it, and so hear nothing of this one's.
      name: `live ${as}`,
      open,
      questions: () => [...watched.values()].map(({ question }) => question),
      onUpdate: ({ key }, update) => {
        give(key, update);
      },
    });
    joined = { identity: as, group };
    return group;
  };
  const reconsider = () => {
    const wanted = canShare && document.visibilityState === 'visible' && watched.size > 0 ? identity : null;
    if (joined && joined.identity !== wanted) leave();
    if (wanted === null) return;
    if (joined) joined.group.changed();
    else join(wanted);
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
      const known = watched.get(question.key) ?? { question, listeners: new Set() };
      watched.set(question.key, known);
      known.listeners.add(listener);
      reconsiderSoon();
      return () => {
        known.listeners.delete(listener);
        if (known.listeners.size === 0 && watched.get(question.key) === known) watched.delete(question.key);
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
