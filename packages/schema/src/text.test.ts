import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from './faults.ts';
import { plainWords } from './plain-words.ts';
import { label } from './text.ts';

z.config({ customError: plainWords });

const faultsIn = (name: string) => {
  const { error } = z.object({ name: label(200) }).safeParse({ name });
  return error ? faultsOf(error).map(({ message }) => message) : [];
};

describe('a name has a character that can be seen', () => {
  it.each([
    '\u200b',
    '\u2060',
    '\u00ad',
    '\u3164',
    '\u115f',
    '\uffa0',
    '\u2800',
    '\u180e',
    '\u200e\u200f',
    '\u202e\u202c',
    '\u2066\u2069',
    '\ufe0f',
    '\u{e0020}',
    '\u{1d173}',
    '\u{1d159}',
    '\u034f',
    '\u0301',
    ' \u200b ',
    '\u200b \u2060 \u3000',
    '\ufff9',
    '\ue000',
  ])('%j has none', (name) => {
    expect(faultsIn(name)).toEqual(['must have a character that can be seen']);
  });

  it.each(['a', '1', '-', '…', '渡', '한', 'ا', 'क्ष', '❤️', '👩‍💻', '\u200bA', 'e\u0301', 'ﷺ', '\u202eabc'])(
    '%j has one',
    (name) => {
      expect(faultsIn(name)).toEqual([]);
    },
  );

  it('says of nothing at all that it is empty', () => {
    expect(faultsIn(' \u3000\ufeff ')).toEqual(['must not be empty']);
  });
});
