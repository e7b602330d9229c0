import { isObjectId } from '@interview-webhooks/database';
import type { Page } from '@interview-webhooks/schema';
import { InvalidInputError } from './errors.ts';

/** The refusal of a cursor that no page of the list gave out. */
export const invalidCursor = () =>
  new InvalidInputError([
    { path: 'cursor', message: 'is not a cursor of this list; use next_cursor of an earlier page' },
  ]);

/** `{ _id: { $lt } }` for what comes after `cursor` in a newest-first list, or nothing for its first page. */
export function afterId(cursor: string | null | undefined): { _id?: { $lt: string } } {
  if (cursor == null) return {};
  if (!isObjectId(cursor)) throw invalidCursor();
  return { _id: { $lt: cursor } };
}

/** The number a numeric cursor stands for, or undefined for the first page. */
export function afterNumber(cursor: string | null | undefined): number | undefined {
  if (cursor == null) return undefined;
  if (!/^\d{1,15}$/.test(cursor)) throw invalidCursor();
  return Number(cursor);
}

/**
 * Cuts `found`, which was asked for with one entry more than `limit`, to a page.
 *
 * @param to how an entry is shown, and the cursor that stands for it
 */
export function cutPage<Found, Entry>(
  found: readonly Found[],
  limit: number,
  to: { entry: (found: Found) => Entry; cursor: (found: Found) => string },
): Page<Entry> {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(to.entry),
    next_cursor: found.length > limit && last !== undefined ? to.cursor(last) : null,
  };
}
