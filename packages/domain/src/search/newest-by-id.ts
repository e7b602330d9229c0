import type { ObjectId } from '@interview-webhooks/database';
import type { Page } from '@interview-webhooks/schema';
import { afterId, cutPage } from '../paging.ts';
import { boundedPage } from './bounded-page.ts';

type Condition = Record<string, unknown>;
type Index = Readonly<Record<string, 1 | -1>>;

/** Reads `count` entries that hold `conditions` from `index`, newest first, after `skip`. */
export type ReadById<Found> = (query: {
  conditions: readonly Condition[];
  index: Index;
  count: number;
  skip?: number;
}) => Promise<Found[]>;

/** A list by id, newest first. */
export interface ListById<Found, Entry> {
  read: ReadById<Found>;
  cursor: string | null | undefined;
  limit: number;
  entry: (found: Found) => Entry;
  /** The index that has the list in its order, and the conditions that are a part of it. */
  inOrder: { index: Index; conditions: readonly Condition[] };
  /** What else must hold. */
  also: readonly Condition[];
  /** For a search: the ids of all that it finds where these are few, and otherwise what to look for. */
  search?: { few: readonly ObjectId[] | null; text: Condition } | undefined;
}

/** One page of it, which reads no more than it shows, or a bounded number. */
export async function pageById<Found extends { _id: ObjectId }, Entry>(
  list: ListById<Found, Entry>,
): Promise<Page<Entry>> {
  const { read, limit, entry, inOrder, also, search } = list;
  const to = { entry, cursor: ({ _id }: { _id: ObjectId }) => _id.toHexString() };
  const after = afterId(list.cursor);
  const conditions = [...inOrder.conditions, after];
  if (search?.few) {
    const found = await read({
      conditions: [...conditions, ...also, { _id: { $in: search.few } }],
      index: { _id: 1 },
      count: limit + 1,
    });
    return cutPage(found, limit, to);
  }
  const { index } = inOrder;
  const unindexed = [...also, ...(search ? [search.text] : [])];
  if (unindexed.length === 0) return cutPage(await read({ conditions, index, count: limit + 1 }), limit, to);
  return boundedPage({
    limit,
    ...to,
    nth: async (count) => (await read({ conditions, index, count: 1, skip: count - 1 }))[0] ?? null,
    wanted: (count, last) =>
      read({
        conditions: [...conditions, ...unindexed, ...(last ? [{ _id: { $gte: last._id } }] : [])],
        index,
        count,
      }),
  });
}
