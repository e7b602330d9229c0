import { z } from 'zod';

const controlCharacters = /\p{Cc}/u;
const controlCharactersInProse = /[^\P{Cc}\n\r\t]/u;

const wellFormedFault = 'must be valid Unicode text';
const isWellFormed = (value: string) => value.isWellFormed();

/** Text of a bounded length (UTF-16 units) with no control characters and no broken surrogate pair. */
export function text(maximum: number) {
  return z
    .string()
    .max(maximum)
    .refine((value) => !controlCharacters.test(value), {
      error: 'must not contain control characters such as line breaks or tabs',
    })
    .refine(isWellFormed, { error: wellFormedFault });
}

/** Text of several lines: line breaks and tabs may be in it, other control characters not. */
export function prose(maximum: number) {
  return z
    .string()
    .max(maximum)
    .refine((value) => !controlCharactersInProse.test(value), {
      error: 'must not contain control characters other than line breaks and tabs',
    })
    .refine(isWellFormed, { error: wellFormedFault });
}

/**
 * A letter, a digit, a sign or a symbol that leaves ink: no space, no mark without a letter, nothing that Unicode lets
 * fonts leave out (U+200B, U+00AD, U+3164 and so on), and none of the letters and symbols that are blank by design.
 */
const visible =
  /(?![\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{1d159}])[\p{L}\p{N}\p{P}\p{S}]/u;

/** {@link text} that says something: it has a character that can be seen. Surrounding spaces are dropped. */
export function label(maximum: number) {
  return text(maximum)
    .trim()
    .min(1)
    .refine((value) => value === '' || visible.test(value), {
      error: 'must have a character that can be seen',
    });
}
