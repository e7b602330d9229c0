import type { Page } from '@interview-webhooks/schema';

/** So many entries are looked at for one page or one step; what is rarer than one in so many comes later. */
export const LOOKED_AT = 4_000;

/** A list read newest first, of which only some entries are wanted that no index knows. */
export interface Reading<Place, Found extends Place, Entry> {
  limit: number;
  /** Where the `count`-th entry from the page's beginning is, wanted or not; null where there are not so many. */
  nth: (count: number) => Promise<Place | null>;
  /** The first `count` entries that are wanted, down to `last` or to the end. */
  wanted: (count: number, last: Place | null) => Promise<Found[]>;
  entry: (found: Found) => Entry;
  cursor: (place: Place) => string;
}

/**
 * One page of such a list, at a bounded cost: what is looked at ends with a certain entry, and where the page is not full
 * by then, the next one goes on from there.
 */
export async function boundedPage<Place, Found extends Place, Entry>(
  reading: Reading<Place, Found, Entry>,
): Promise<Page<Entry>> {
  const { limit, nth, wanted, entry, cursor } = reading;
  const last = await nth(LOOKED_AT);
  const found = await wanted(limit + 1, last);
  const shown = found.slice(0, limit);
  const end = found.length > limit ? (shown.at(-1) ?? null) : last;
  return { data: shown.map(entry), next_cursor: end && cursor(end) };
}
