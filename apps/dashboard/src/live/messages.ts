import type { Question, Update } from './streams.ts';

/** From a tab: what it watches. With `isNew` it wants to know how that stands. */
export interface Want {
  type: 'want';
  tab: string;
  questions: readonly Question[];
  isNew: boolean;
}

/** What the tabs of a browser say to each other. */
export type Message =
  | Want
  /** From the leader: it is there. */
  | { type: 'beat'; leader: string }
  /** From the leader: for all tabs, or for the one that asked. */
  | { type: 'update'; question: Question; update: Update; to?: string };
