/** A text as one of its readers has it, with the stretch of the original that each of its UTF-16 units comes from. */
export interface Reading {
  readonly text: string;
  /** Where each unit begins in the original. */
  readonly from: Uint32Array;
  /** Where each unit ends in the original. */
  readonly to: Uint32Array;
}

/** Text in JSON in HTML, each escaped: nobody sends more. */
const MAX_LAYERS = 3;

/**
 * `text` as it stands, and as it reads when the escapes of URLs, JSON, programming languages and HTML are undone, once
 * and again. Each reading is in lower case and without white space, `+` (a space in forms) and NUL (every other byte
 * of ASCII in UTF-16): so a value is found however it is written or broken over lines.
 *
 * @param cut whether the text breaks off, so that its end may be a part of an escape, which is left out
 */
export function readingsOf(text: string, cut = false): Reading[] {
  const readings: Reading[] = [];
  let layer = asWritten(text);
  for (let depth = 0; ; depth++) {
    readings.push(squeezed(layer));
    if (depth === MAX_LAYERS || !/[%\\&]/.test(layer.text)) return readings;
    const next = unescaped(layer, cut);
    if (next.text === layer.text) return readings;
    layer = next;
  }
}

/** The readings' texts alone, each once. */
export function spellingsRead(text: string): string[] {
  return [...new Set(readingsOf(text).map((reading) => reading.text))];
}

function asWritten(text: string): Reading {
  const from = Uint32Array.from({ length: text.length }, (_, at) => at);
  return { text, from, to: from.map((at) => at + 1) };
}

function squeezed({ text, from, to }: Reading): Reading {
  const units = new Uint16Array(text.length);
  const keptFrom = new Uint32Array(text.length);
  const keptTo = new Uint32Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isLeftOut(unit)) continue;
    units[length] = lowerCase(unit);
    keptFrom[length] = from[at] ?? 0;
    keptTo[length] = to[at] ?? 0;
    length += 1;
  }
  return {
    text: Buffer.from(units.buffer, 0, length * 2).toString('utf16le'),
    from: keptFrom.subarray(0, length),
    to: keptTo.subarray(0, length),
  };
}

function isLeftOut(unit: number): boolean {
  // Control characters, space, `+`, no-break space.
  return unit <= 0x20 || unit === 0x2b || unit === 0xa0;
}

/** Unit by unit, so that every unit keeps its place: `İ` would become two. */
function lowerCase(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
  const lower = String.fromCharCode(unit).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

// Percent-encoded bytes; \u{…}, \uXXXX, \xXX, \ooo and \" of JSON, JavaScript, C and Python; references of HTML.
const escapes =
  /((?:%[0-9a-f]{2})+)|\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\([0-3][0-7]{2})|\\([^ux0-9])|&#x([0-9a-f]{1,6});?|&#([0-9]{1,7});?|&([a-z]{2,6});/gi;
const partOfEscape =
  /(?:%[0-9a-f]?|\\(?:u(?:[0-9a-f]{0,3}|\{[0-9a-f]{0,6})|x[0-9a-f]?|[0-3][0-7]?)?|&(?:#?[0-9a-z]{0,8})?)$/i;

function unescaped({ text, from, to }: Reading, cut: boolean): Reading {
  const out: string[] = [];
  const outFrom: number[] = [];
  const outTo: number[] = [];
  const put = (units: string, start: number, end: number) => {
    out.push(units);
    outFrom.push(...Array<number>(units.length).fill(from[start] ?? 0));
    outTo.push(...Array<number>(units.length).fill(to[end - 1] ?? 0));
  };
  const copy = (start: number, end: number) => {
    out.push(text.slice(start, end));
    for (let at = start; at < end; at++) {
      outFrom.push(from[at] ?? 0);
      outTo.push(to[at] ?? 0);
    }
  };
  let done = 0;
  for (const match of text.matchAll(escapes)) {
    copy(done, match.index);
    done = match.index + match[0].length;
    if (match[1] === undefined) put(meaningOf(match), match.index, done);
    else
      for (const { units, at, length } of bytesRead(match[1]))
        put(units, match.index + at, match.index + at + length);
  }
  const end = cut ? text.length - (partOfEscape.exec(text.slice(done))?.[0].length ?? 0) : text.length;
  copy(done, Math.max(done, end));
  return { text: out.join(''), from: Uint32Array.from(outFrom), to: Uint32Array.from(outTo) };
}

/** What an escape that is none of percent-encoding stands for. */
function meaningOf([
  whole,
  ,
  braced,
  unit,
  byte,
  octal,
  escaped,
  hex,
  decimal,
  name,
]: RegExpExecArray): string {
  const code = braced ?? unit ?? byte ?? hex;
  if (code !== undefined) return characterOf(parseInt(code, 16));
  if (octal !== undefined) return characterOf(parseInt(octal, 8));
  if (decimal !== undefined) return characterOf(Number(decimal));
  if (escaped !== undefined) return controls[escaped] ?? escaped;
  return references[name?.toLowerCase() ?? ''] ?? whole;
}

function characterOf(codePoint: number): string {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '\uFFFD';
}

/** Those that break lines. Of the others the letter is as good: no credential has a control character. */
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** HTML's names for what is printable in ASCII. */
const references: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  ast: '*',
  bsol: '\\',
  colon: ':',
  comma: ',',
  commat: '@',
  dollar: '$',
  equals: '=',
  excl: '!',
  grave: '`',
  gt: '>',
  hat: '^',
  lbrack: '[',
  lcub: '{',
  lowbar: '_',
  lpar: '(',
  lsqb: '[',
  lt: '<',
  nbsp: ' ',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quest: '?',
  quot: '"',
  rbrack: ']',
  rcub: '}',
  rpar: ')',
  rsqb: ']',
  semi: ';',
  sol: '/',
  verbar: '|',
  vert: '|',
};

/** The characters of percent-encoded bytes, each with its stretch of `encoded`: as UTF-8, or else as Latin-1. */
function* bytesRead(encoded: string): Generator<{ units: string; at: number; length: number }> {
  const bytes = Buffer.from(encoded.replaceAll('%', ''), 'hex');
  const utf8 = bytes.toString('utf8');
  const isUtf8 = Buffer.from(utf8).equals(bytes);
  let at = 0;
  for (const units of isUtf8 ? utf8 : bytes.toString('latin1')) {
    const length = 3 * (isUtf8 ? Buffer.byteLength(units) : 1);
    yield { units, at, length };
    at += length;
  }
}
