import type { AttemptOutcome } from '../outcome/attempt-outcome.ts';
import { KEPT_BODY_BYTES } from '../outcome/received-response.ts';
import type { CredentialForms } from './credential-forms.ts';
import { type Reading, readingsOf } from './reading.ts';

/** Stands where a secret stood. */
export const MASK = '••••••';

/**
 * What came of an attempt without the credential that it carried, in any of its forms: receivers echo what they get.
 * Whatever is stored or shown of an attempt comes from here.
 */
export function maskedOutcome(outcome: AttemptOutcome, forms: CredentialForms | null): AttemptOutcome {
  if (!forms) return outcome;
  const { responseHeaders, responseBody, responseTruncated, error } = outcome;
  const names = Object.keys(responseHeaders ?? {});
  // Nothing says what a receiver means by the credential's own header; that is the credential.
  const values = Object.entries(responseHeaders ?? {}).map(([name, value]) =>
    name === forms.header ? MASK : value,
  );
  const parts = [error?.message ?? '', ...names, ...values, responseBody ?? ''];
  const masked = maskedParts(parts, forms, responseTruncated);
  if (masked === null && !names.includes(forms.header)) return outcome;
  const [message = '', ...rest] = masked ?? parts;
  const body = bounded(rest.at(-1) ?? '');
  return {
    ...outcome,
    error: error && { ...error, message },
    responseHeaders: responseHeaders && headersOf(rest.slice(0, names.length), rest.slice(names.length, -1)),
    responseBody: responseBody === null ? null : body.text,
    responseTruncated: responseTruncated || body.cut,
  };
}

/** A stretch of text. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** No text has it by right: it keeps a part's end from being read together with the next part's beginning. */
const SEPARATOR = '\uFFFF';

/** @returns the parts, masked, or null where there is nothing to mask */
function maskedParts(parts: readonly string[], forms: CredentialForms, cut: boolean): string[] | null {
  const text = parts.join(SEPARATOR);
  if (!cut && isClean(text, forms)) return null;
  const found = readingsOf(text, cut).flatMap((reading) => [
    ...credentialsIn(reading, forms),
    ...(cut ? beginningsAtTheEnd(reading, forms, text.length) : []),
  ]);
  let begin = 0;
  const alone: Stretch[] = [];
  for (const part of parts) {
    if (isShortCredential(part, forms)) alone.push({ from: begin, to: begin + part.length });
    begin += part.length + SEPARATOR.length;
  }
  const stretches = merged([...found, ...alone]);
  return stretches.length === 0 ? null : replaced(parts, stretches);
}

/** What nearly every answer is. Looked at without the places of its characters, which cost the most. */
function isClean(text: string, { spellings, short }: CredentialForms): boolean {
  if (short.size > 0 || /[%\\&\x80-\uFFFE]/.test(text)) return false;
  // Reads as `readingsOf` does, for it is ASCII without escapes.
  const read = text.replace(/[\0-\x20+]+/g, '').toLowerCase();
  return !spellings.some((spelling) => read.includes(spelling.text));
}

function* credentialsIn(reading: Reading, forms: CredentialForms): Generator<Stretch> {
  const { text } = reading;
  for (const { text: spelling, beginsBefore, endsBehind } of forms.spellings) {
    for (let at = text.indexOf(spelling); at !== -1; at = text.indexOf(spelling, at + spelling.length)) {
      let end = at + spelling.length;
      if (endsBehind && isBase64(text, end)) end += 1;
      while (endsBehind && text[end] === '=') end += 1;
      yield stretchOf(reading, beginsBefore && isBase64(text, at - 1) ? at - 1 : at, end);
    }
  }
  if (forms.short.size > 0) yield* behindItsName(reading, forms);
}

/** Between a name and its value: `="`, `':'`, `":["` and the like. */
const MAX_GAP = 8;

function* behindItsName(reading: Reading, { names, short }: CredentialForms): Generator<Stretch> {
  const { text } = reading;
  const named = text.replaceAll('_', '-');
  for (const name of names) {
    for (let at = named.indexOf(name); at !== -1; at = named.indexOf(name, at + 1)) {
      let start = at + name.length;
      for (let gap = 0; gap < MAX_GAP && /[^a-z0-9]/.test(text[start] ?? 'a'); gap++) {
        start += 1;
        for (const secret of short) {
          if (text.startsWith(secret, start)) yield stretchOf(reading, start, start + secret.length);
        }
      }
    }
  }
}

/** A text that breaks off may do so within the credential. Encoded, a character or two are found in any text. */
function* beginningsAtTheEnd(reading: Reading, forms: CredentialForms, end: number): Generator<Stretch> {
  const { text, from } = reading;
  const last = text.at(-1);
  if (last === undefined) return;
  for (const { text: spelling, isPlain } of forms.spellings) {
    const shortest = isPlain ? 1 : 3;
    let length = spelling.lastIndexOf(last, spelling.length - 2) + 1;
    while (length >= shortest && !text.endsWith(spelling.slice(0, length))) {
      length = length === 1 ? 0 : spelling.lastIndexOf(last, length - 2) + 1;
    }
    if (length >= shortest) yield { from: from[text.length - length] ?? end, to: end };
  }
}

function isShortCredential(part: string, { short }: CredentialForms): boolean {
  if (short.size === 0 || part.length > 100) return false;
  return readingsOf(part).some(({ text }) => short.has(text.replace(/^"(.*)"$/, '$1')));
}

function isBase64(text: string, at: number): boolean {
  return /[a-z0-9/_-]/.test(text[at] ?? '');
}

function stretchOf({ from, to }: Reading, start: number, end: number): Stretch {
  return { from: from[start] ?? 0, to: to[end - 1] ?? 0 };
}

/** In order, those that touch as one. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const all: { from: number; to: number }[] = [];
  for (const { from, to } of stretches.filter((one) => one.from < one.to).sort((a, b) => a.from - b.from)) {
    const before = all.at(-1);
    if (before && from <= before.to) before.to = Math.max(before.to, to);
    else all.push({ from, to });
  }
  return all;
}

function replaced(parts: readonly string[], stretches: readonly Stretch[]): string[] {
  let begin = 0;
  return parts.map((part) => {
    let masked = '';
    let done = 0;
    for (const { from, to } of stretches) {
      if (to <= begin || from >= begin + part.length) continue;
      masked += part.slice(done, Math.max(0, from - begin)) + MASK;
      done = Math.min(part.length, to - begin);
    }
    begin += part.length + SEPARATOR.length;
    return masked + part.slice(done);
  });
}

function headersOf(names: readonly string[], values: readonly string[]): Record<string, string> {
  // Without a prototype, so that a receiver's `__proto__` header is a header like any other.
  const headers = Object.create(null) as Record<string, string>;
  names.forEach((name, at) => {
    const value = values[at] ?? '';
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  });
  return headers;
}

/** Masks may make a body longer than what is kept of one. */
function bounded(text: string): { text: string; cut: boolean } {
  const bytes = Buffer.from(text);
  if (bytes.length <= KEPT_BODY_BYTES) return { text, cut: false };
  // A streaming decoder holds back the character that the cut splits.
  const kept = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, KEPT_BODY_BYTES), {
    stream: true,
  });
  return { text: kept, cut: true };
}
