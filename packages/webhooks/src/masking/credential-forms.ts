import type { WebhookAuth } from '@interview-webhooks/schema';
import { spellingsRead } from './reading.ts';

/** A spelling of a credential, as a `Reading` has it. */
interface Spelling {
  readonly text: string;
  /** Whether it is the credential's own characters, not its bytes in some encoding. */
  readonly isPlain: boolean;
  /** In base64, the character before it holds a part of its first byte. */
  readonly beginsBefore: boolean;
  /** In base64, the character behind it holds a part of its last byte. */
  readonly endsBehind: boolean;
}

/** All that gives a credential away. */
export interface CredentialForms {
  /** Found wherever they stand. */
  readonly spellings: readonly Spelling[];
  /** The credential as readings have it where it is too short for `spellings`: found where a whole body or value is it. */
  readonly short: ReadonlySet<string>;
  /** The names behind which a short credential is found, with `-` for `_`. */
  readonly names: readonly string[];
  /** The header that carries it, in lower case. */
  readonly header: string;
}

/**
 * What is shorter is found in ordinary words: a password of one letter would mask a whole answer, and each place that is
 * masked would tell it. It is masked where it stands alone or behind its name, and within the value of its header.
 */
const MIN_LENGTH = 4;

/** By the sealed auth, which is the same object as long as its settings revision is cached: making them costs more than finding them. */
const known = new WeakMap<WebhookAuth, CredentialForms | null>();

/** @returns null where `sealed` has no credential; `open` is the same with its secret open */
export function formsOf(sealed: WebhookAuth, open: WebhookAuth): CredentialForms | null {
  let found = known.get(sealed);
  if (found === undefined) {
    found = credentialForms(open);
    known.set(sealed, found);
  }
  return found;
}

/** @param auth with its secret open */
export function credentialForms(auth: WebhookAuth): CredentialForms | null {
  switch (auth.type) {
    case null:
      return null;
    case 'basic': {
      const pair = `${auth.username}:${auth.password}`;
      const token = Buffer.from(pair).toString('base64');
      const names = ['pass', 'passwd', 'password', 'pwd', auth.username];
      return forms({ secret: auth.password, whole: [pair, token], names, header: 'authorization' });
    }
    case 'apikey': {
      const header = auth.header.toLowerCase();
      const names = ['apikey', 'api-key', 'key', header];
      return forms({ secret: auth.apikey, whole: [], names, header });
    }
  }
}

interface Credential {
  secret: string;
  /** What else holds it, and is masked as a whole. */
  whole: string[];
  names: string[];
  header: string;
}

function forms({ secret, whole, names, header }: Credential): CredentialForms {
  const written = [secret, ...whole].flatMap(charactersOf);
  const spellings = [
    ...written.flatMap(encoded),
    ...written.flatMap(spellingsRead).map((text) => ({ ...bare, text, isPlain: true })),
  ];
  const long = spellings.filter(({ text }) => text.length >= MIN_LENGTH);
  const short = spellingsRead(secret).filter((text) => text !== '' && text.length < MIN_LENGTH);
  return {
    // Those that are plain come last, so they win.
    spellings: [...new Map(long.map((spelling) => [spelling.text, spelling])).values()],
    short: new Set(short),
    // A header's name has underscores where a program has it in its environment.
    names: names.flatMap(spellingsRead).flatMap((name) => (name === '' ? [] : [name.replaceAll('_', '-')])),
    header,
  };
}

const bare = { isPlain: false, beginsBefore: false, endsBehind: false } as const;

/** The characters that arrive where one side takes UTF-8 for Latin-1 or the other way round, or composes differently. */
function charactersOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    text.normalize('NFC'),
    text.normalize('NFD'),
    bytes.toString('latin1'),
    Buffer.from(text, 'latin1').toString('utf8'),
    text.replace(/[^\0-\x7f]/gu, '?'),
  ].filter((form, at, all) => all.indexOf(form) === at);
}

/** Its bytes in base64, hexadecimal and as a list of numbers. */
function encoded(text: string): Spelling[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].flatMap((offset) => withinBase64(bytes, offset));
  return [
    ...base64,
    { ...bare, text: bytes.toString('hex') },
    // What JSON makes of a Buffer. A single number is no secret's list.
    ...(bytes.length > 1 ? [{ ...bare, text: bytes.join(',') }] : []),
  ];
}

/**
 * The characters that are the same in every base64 text in which `bytes` begin at `offset` of a group of three, in both
 * alphabets: so it is found within something larger that was encoded as a whole.
 */
function withinBase64(bytes: Buffer, offset: number): Spelling[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
  const bits = whole.length * 8;
  const inner = whole.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
    .flatMap(spellingsRead)
    .map((text) => ({ text, isPlain: false, beginsBefore: offset > 0, endsBehind: bits % 6 > 0 }));
}
