import { z } from 'zod';

/** Asks for one page of a list, newest first. */
export const PageRequest = z.strictObject({
  cursor: z
    .string()
    .min(1)
    .max(200)
    .nullish()
    .meta({ description: '`next_cursor` of the page before; leave it out for the first page.' }),
  // Coerced because a query string has only strings; the type stays a number for typed callers.
  limit: z.coerce.number<number>().int().min(1).max(100).default(25).meta({ description: 'Entries a page.' }),
});
export type PageRequest = z.infer<typeof PageRequest>;

/**
 * One page: its entries and the cursor of the next page, null at the end. Where what is asked for is rare among much, a
 * page may have fewer entries than its limit, or none, and still a next one: no question takes longer for it.
 */
export function pageOf<Entry extends z.ZodType>(entry: Entry) {
  return z.object({ data: z.array(entry), next_cursor: z.string().nullable() });
}
export interface Page<Entry> {
  data: Entry[];
  next_cursor: string | null;
}
