import type { Message, Want } from './messages.ts';
import { createStreams, type OpenStream, type Question, type Update } from './streams.ts';

/** A tab that has said nothing for this long has crashed: what it watched ends. */
const TAB_SILENT_MS = 8_000;

interface LeadOptions {
  /** The tab that leads. */
  self: string;
  open: OpenStream;
  /** What this tab watches itself. */
  own: () => readonly Question[];
  onUpdate: (question: Question, update: Update) => void;
  post: (message: Message) => void;
}

/** What a leader does. */
export interface Lead {
  /** Another tab says what it watches. */
  hear: (want: Want) => void;
  /** What this tab watches has changed. */
  changed: () => void;
  /** Says that it is there, and forgets tabs that are not. */
  beat: () => void;
  close: () => void;
}

/** Holds the streams for all tabs, and passes on what they bring. */
export function lead({ self, open, own, onUpdate, post }: LeadOptions): Lead {
  const others = new Map<string, { questions: readonly Question[]; heardAt: number }>();
  const streams = createStreams({
    open,
    onUpdate: (question, update) => {
      onUpdate(question, update);
      post({ type: 'update', question, update });
    },
  });
  const watchForAll = () => {
    streams.watch([...own(), ...[...others.values()].flatMap(({ questions }) => questions)]);
  };
  const changed = () => {
    watchForAll();
    for (const question of own()) for (const update of streams.known(question)) onUpdate(question, update);
  };
  const beat = () => {
    post({ type: 'beat', leader: self });
    const now = performance.now();
    for (const [tab, { heardAt }] of others) if (now - heardAt > TAB_SILENT_MS) others.delete(tab);
    watchForAll();
  };
  beat();
  changed();
  return {
    hear({ tab, questions, isNew }) {
      others.set(tab, { questions, heardAt: performance.now() });
      watchForAll();
      if (!isNew) return;
      for (const question of questions) {
        for (const update of streams.known(question)) post({ type: 'update', question, update, to: tab });
      }
    },
    changed,
    beat,
    close: () => {
      streams.close();
    },
  };
}
