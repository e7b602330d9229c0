import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundedPage, LOOKED_AT } from './bounded-page.ts';

/** Numbers from the highest down, of which some are wanted; `look` counts what is looked at. */
function list(length: number, isWanted: (entry: number) => boolean, look: (count: number) => void) {
  const all = Array.from({ length }, (_, index) => length - index);
  return (limit: number, cursor: string | null) => {
    const rest = cursor === null ? all : all.filter((entry) => entry < Number(cursor));
    return boundedPage({
      limit,
      nth: (count) => Promise.resolve(rest[count - 1] ?? null),
      wanted: (count, last) => {
        const within = last === null ? rest : rest.filter((entry) => entry >= last);
        look(within.length);
        return Promise.resolve(within.filter(isWanted).slice(0, count));
      },
      entry: (entry) => entry,
      cursor: String,
    });
  };
}

it('gives each wanted entry once and in order, however many pages are short', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 3 * LOOKED_AT }),
      fc.integer({ min: 1, max: 2 * LOOKED_AT }),
      fc.integer({ min: 1, max: 100 }),
      async (length, oneIn, limit) => {
        const page = list(
          length,
          (entry) => entry % oneIn === 0,
          (count) => {
            expect(count).toBeLessThanOrEqual(LOOKED_AT);
          },
        );
        const shown: number[] = [];
        let cursor: string | null = null;
        do {
          const { data, next_cursor } = await page(limit, cursor);
          expect(data.length).toBeLessThanOrEqual(limit);
          shown.push(...data);
          cursor = next_cursor;
        } while (cursor !== null);
        const wanted = Array.from({ length: Math.floor(length / oneIn) }, (_, index) => (index + 1) * oneIn);
        expect(shown).toEqual(wanted.reverse());
      },
    ),
    { numRuns: 50 },
  );
});
