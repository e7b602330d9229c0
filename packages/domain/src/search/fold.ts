const apostrophes = /[\u00b4\u02b9\u02bb-\u02bd\u02c8\u055a\u2018-\u201b\u2032\u2035\ua78c`]/gu;
const quotes = /[\u00ab\u00bb\u201c-\u201f\u2033\u2036]/gu;
const dashes = /[\u2010-\u2015\u2212]/gu;
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * A text as a search compares it: the same for every way in which somebody may type or paste it. Composed and
 * compatible characters (NFKC), case, runs of spaces, typographic apostrophes, quotes and dashes make no difference,
 * nor does what cannot be seen.
 */
export function fold(text: string): string {
  return (
    text
      // Before NFKC, which turns some of them into a space and an accent.
      .replace(apostrophes, "'")
      .normalize('NFKC')
      .replace(ignorable, '')
      // Upper case first: it is what "ß" and "ss", or the two small sigmas, have in common.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .replace(/ς/gu, 'σ')
      .replace(/i\u0307/gu, 'i')
      .replace(apostrophes, "'")
      .replace(quotes, '"')
      .replace(dashes, '-')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}
