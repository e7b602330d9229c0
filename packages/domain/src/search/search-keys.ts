import { fold } from './fold.ts';
import { anySpelling, escaped } from './spellings.ts';

/** So much of a word's beginning tells it apart; what is typed beyond it is not looked at. */
const KEY_LENGTH = 60;
/** So many words of one text can be searched for. */
const MAX_WORDS = 16;

const wordStart = /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}]/gu;

/**
 * What a search may begin with: each text, {@link fold}ed, from the beginning of each of its words on. A search is then
 * a range of one index, also for two words, or for the part of an e-mail address behind a dot or the @.
 */
export function searchKeys(...texts: readonly string[]): string[] {
  const keys = texts.flatMap((text) => {
    const folded = fold(text);
    const starts = [...folded.matchAll(wordStart)].slice(0, MAX_WORDS);
    return starts.map(({ index }) => key(folded.slice(index)));
  });
  return [...new Set(keys)];
}

/** What somebody searches for. */
export interface Sought {
  /** Of {@link searchKeys}, those that it begins: of an index, a range. */
  keys: { $regex: string };
  /** Texts in which a word begins with it, for where there are no keys. */
  text: { $regex: string; $options: string };
}

/** Undefined for a text without a letter or a digit, which nothing begins with. */
export function sought(text: string): Sought | undefined {
  const folded = fold(text);
  const start = folded.search(/[\p{L}\p{N}]/u);
  if (start < 0) return undefined;
  const wanted = key(folded.slice(start));
  return {
    keys: { $regex: `^${escaped(wanted)}` },
    text: { $regex: String.raw`(?<![\p{L}\p{M}\p{N}])${anySpelling(wanted)}`, $options: 'i' },
  };
}

function key(text: string): string {
  // A pair of surrogates that the cut would divide is left out whole.
  return text.slice(0, KEY_LENGTH).replace(/[\ud800-\udbff]$/, '');
}
