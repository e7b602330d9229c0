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

/** {@link text} that says something: not empty, not only spaces. Surrounding spaces are dropped. */
export function label(maximum: number) {
  return text(maximum).trim().min(1);
}
