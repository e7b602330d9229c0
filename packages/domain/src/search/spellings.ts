import { fold } from './fold.ts';

/** Where Unicode has characters that {@link fold} turns into others; case alone is left to the regular expression. */
const ranges: readonly (readonly [from: number, to: number])[] = [
  [0x00a0, 0x33ff],
  [0xa640, 0xabff],
  [0xf900, 0xffff],
  [0x1d400, 0x1d7ff],
  [0x1f100, 0x1f1ff],
  [0x2f800, 0x2fa1f],
];
/** Letters that one character may stand for, as "ﬃ" does. */
const MAX_LETTERS = 3;

/** What cannot be seen may stand anywhere. */
const ignorable = String.raw`[\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}]*`;

let known: ReadonlyMap<string, string> | undefined;

/** For each folded text of up to {@link MAX_LETTERS} letters: the single characters that are folded to it, in a row. */
function spellings(): ReadonlyMap<string, string> {
  if (known) return known;
  const found = new Map<string, string>();
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) {
      const raw = String.fromCodePoint(code);
      const folded = fold(raw);
      if (folded === '' || folded === raw || folded === raw.toLowerCase() || folded.includes(' ')) continue;
      if (Array.from(folded).length <= MAX_LETTERS) found.set(folded, (found.get(folded) ?? '') + raw);
    }
  }
  return (known = found);
}

/**
 * A regular expression (PCRE, to be used with the option `i`) for every text that {@link fold} turns into one that
 * begins with `folded`. For texts of which no folded form is stored.
 */
export function anySpelling(folded: string): string {
  const letters = Array.from(folded);
  const parts: string[] = [];
  while (letters.length > 0) {
    const count = countOfOne(letters);
    parts.push(spelled(letters.splice(0, count)));
  }
  return parts.join(ignorable);
}

/** Of how many letters the longest single character is that may stand at the beginning. */
function countOfOne(letters: readonly string[]): number {
  for (let count = Math.min(MAX_LETTERS, letters.length); count > 1; count--)
    if (spellings().has(letters.slice(0, count).join(''))) return count;
  return 1;
}

/** Each way to divide a few letters into characters. */
function spelled(letters: readonly string[]): string {
  const ways: string[] = [];
  for (let count = 1; count <= letters.length; count++) {
    const one = spelledByOne(letters.slice(0, count).join(''), count);
    const rest = letters.slice(count);
    if (one !== undefined) ways.push(rest.length === 0 ? one : `${one}${ignorable}${spelled(rest)}`);
  }
  return ways.length === 1 ? (ways[0] ?? '') : `(?:${ways.join('|')})`;
}

function spelledByOne(text: string, count: number): string | undefined {
  if (count > 1) {
    const characters = spellings().get(text);
    return characters === undefined ? undefined : `[${escaped(characters)}]`;
  }
  if (text === ' ') return String.raw`[\s\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]+`;
  const alone = characterClass(text);
  const apart = apartOf(text).map((parts) => Array.from(parts).map(characterClass).join(''));
  return apart.length === 0 ? alone : `(?:${[alone, ...apart].join('|')})`;
}

function characterClass(character: string): string {
  return `[${escaped(character + (spellings().get(character) ?? ''))}]`;
}

/** A letter with its marks in characters of their own, one by one. */
function apartOf(letter: string): string[] {
  const marks = Array.from(letter.normalize('NFD'));
  return marks.slice(1).map((_, index) => {
    const kept = marks.length - 1 - index;
    return marks.slice(0, kept).join('').normalize('NFC') + marks.slice(kept).join('');
  });
}

/** For a regular expression, also inside of a class. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/#\s-]/gu, String.raw`\$&`);
}
