import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchKeys, sought } from './search-keys.ts';

const finds = (text: string, wanted: string) => {
  const keys = sought(wanted)?.keys;
  return keys !== undefined && searchKeys(text).some((key) => new RegExp(keys.$regex).test(key));
};

describe('a search', () => {
  it.each([
    ['Ada Lovelace', 'ADA'],
    ['Ada Lovelace', 'love'],
    ['Ada Lovelace', 'ada love'],
    ['ada.lovelace@example.com', 'ada.lov'],
    ['ada.lovelace@example.com', '@example.com'],
    ['ada.lovelace@example.com', 'lovelace@ex'],
    ["Anne-Marie O'Brien", "o'br"],
    ['Zoë 渡辺太郎', '渡辺'],
    ['Engineer (m/f/d) 2026', '(m/f'],
  ])('of "%s" for "%s" finds it', (text, wanted) => {
    expect(finds(text, wanted)).toBe(true);
  });

  it.each([
    ['Ada Lovelace', 'lace'],
    ['Ada Lovelace', 'lovelace ada'],
    ['Zoë', 'oë'],
    ['e\u0301a', 'a'],
  ])('of "%s" for "%s" finds nothing', (text, wanted) => {
    expect(finds(text, wanted)).toBe(false);
  });

  it('for nothing but signs is none', () => {
    expect(sought(' -@.')).toBeUndefined();
  });
});

it('keys are few, short and well formed, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const keys = searchKeys(text);
      expect(keys.length).toBeLessThanOrEqual(16);
      for (const key of keys) {
        expect(key.length).toBeLessThanOrEqual(60);
        expect(key.isWellFormed()).toBe(true);
      }
    }),
  );
});
