import { type Leadership, seekLeadership } from './leadership.ts';
import { createStreams, type OpenStream, type Question, type Streams, type Update } from './streams.ts';

/** How often the leader says that it is there, and the others what they watch. */
const BEAT_MS = 2_000;
/** A leader that has said nothing for this long is frozen or hangs: its lock is taken. */
const LEADER_SILENT_MS = 6_000;
/** A tab that has said nothing for this long has crashed: what it watched ends. */
const TAB_SILENT_MS = 8_000;

type Message =
  /** From a tab: what it watches; with `isNew` it wants to know how that stands. */
  | { type: 'want'; tab: string; questions: readonly Question[]; isNew: boolean }
  /** From the leader: it is there. */
  | { type: 'beat'; leader: string }
  /** From the leader: for all tabs, or for the one that asked. */
  | { type: 'update'; question: Question; update: Update; to?: string };

interface TabGroupOptions {
  /** The tabs that share their streams: those of one browser that are signed in with the same key. */
  name: string;
  open: OpenStream;
  questions: () => readonly Question[];
  onUpdate: (question: Question, update: Update) => void;
}

export interface TabGroup {
  /** The questions are others now. */
  changed: () => void;
  leave: () => void;
}

/**
 * Joins the tabs of this browser that share their streams. One of them, the leader, holds the streams for all and
 * passes on what they bring. When it goes, the next one opens them anew: the first that a stream brings is everything
 * as it is now, so nothing is missed in between.
 */
export function joinTabGroup({ name, open, questions, onUpdate }: TabGroupOptions): TabGroup {
  const self = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  const post = (message: Message) => {
    channel.postMessage(message);
  };
  const others = new Map<string, { questions: readonly Question[]; heardAt: number }>();
  let streams: Streams | undefined;
  let leader: { id?: string; heardAt: number } = { heardAt: performance.now() };

  const tell = (isNew: boolean) => {
    post({ type: 'want', tab: self, questions: questions(), isNew });
  };
  const watchForAll = () => {
    streams?.watch([...questions(), ...[...others.values()].flatMap((other) => other.questions)]);
  };
  const tellHowItStands = (
    asked: readonly Question[],
    give: (question: Question, update: Update) => void,
  ) => {
    for (const question of asked) for (const update of streams?.known(question) ?? []) give(question, update);
  };

  const leadership: Leadership = seekLeadership({
    name,
    onLead: () => {
      streams = createStreams({
        open,
        onUpdate: (question, update) => {
          onUpdate(question, update);
          post({ type: 'update', question, update });
        },
      });
      post({ type: 'beat', leader: self });
      watchForAll();
      tellHowItStands(questions(), onUpdate);
    },
    onDeposed: () => {
      streams?.close();
      streams = undefined;
      others.clear();
      leader = { heardAt: performance.now() };
    },
  });

  // Only tabs of this origin are on the channel, and all of them run this code.
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    switch (data.type) {
      case 'want': {
        if (!streams) return;
        others.set(data.tab, { questions: data.questions, heardAt: performance.now() });
        watchForAll();
        if (data.isNew)
          tellHowItStands(data.questions, (question, update) => {
            post({ type: 'update', question, update, to: data.tab });
          });
        return;
      }
      case 'beat': {
        if (streams) return;
        const isNew = data.leader !== leader.id;
        leader = { id: data.leader, heardAt: performance.now() };
        tell(isNew);
        return;
      }
      case 'update':
        if (!streams && (data.to ?? self) === self) onUpdate(data.question, data.update);
    }
  };

  const beat = () => {
    const now = performance.now();
    if (!streams) {
      if (now - leader.heardAt > LEADER_SILENT_MS) leadership.take();
      return;
    }
    post({ type: 'beat', leader: self });
    for (const [tab, { heardAt }] of others) if (now - heardAt > TAB_SILENT_MS) others.delete(tab);
    watchForAll();
  };
  const timer = setInterval(beat, BEAT_MS);
  tell(true);

  return {
    changed() {
      if (!streams) {
        tell(true);
        return;
      }
      watchForAll();
      tellHowItStands(questions(), onUpdate);
    },
    leave() {
      clearInterval(timer);
      if (!streams) post({ type: 'want', tab: self, questions: [], isNew: false });
      streams?.close();
      streams = undefined;
      leadership.leave();
      channel.close();
    },
  };
}
