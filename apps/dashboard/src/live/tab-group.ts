import { lead, type Lead } from './lead.ts';
import { seekLeadership } from './leadership.ts';
import type { Message } from './messages.ts';
import type { OpenStream, Question, Update } from './streams.ts';

/** How often the leader says that it is there, and the others what they watch. */
const BEAT_MS = 2_000;
/** A leader that has said nothing for this long is frozen or hangs: its lock is taken. */
const LEADER_SILENT_MS = 6_000;

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
  const want = (isNew: boolean) => {
    post({ type: 'want', tab: self, questions: questions(), isNew });
  };
  let leading: Lead | undefined;
  let leader: { id?: string; heardAt: number } = { heardAt: performance.now() };

  const leadership = seekLeadership({
    name,
    onLead: () => {
      leading = lead({ self, open, own: questions, onUpdate, post });
    },
    onDeposed: () => {
      leading?.close();
      leading = undefined;
      leader = { heardAt: performance.now() };
    },
  });
  const follow = (message: Message) => {
    if (message.type === 'beat') {
      const isNew = message.leader !== leader.id;
      leader = { id: message.leader, heardAt: performance.now() };
      want(isNew);
    } else if (message.type === 'update' && (message.to ?? self) === self) {
      onUpdate(message.question, message.update);
    }
  };
  // Only tabs of this origin are on the channel. Those of the version before or after say the same.
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (!leading) follow(data);
    else if (data.type === 'want') leading.hear(data);
  };
  const timer = setInterval(() => {
    if (leading) leading.beat();
    else if (performance.now() - leader.heardAt > LEADER_SILENT_MS) leadership.take();
  }, BEAT_MS);
  want(true);

  return {
    changed() {
      if (leading) leading.changed();
      else want(true);
    },
    leave() {
      clearInterval(timer);
      if (leading) leading.close();
      else post({ type: 'want', tab: self, questions: [], isNew: false });
      leading = undefined;
      leadership.leave();
      channel.close();
    },
  };
}
