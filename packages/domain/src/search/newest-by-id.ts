import type { AiInterviewDocument, Model, ResponseDocument } from '@interview-webhooks/database';
import type { Page } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { afterId, cutPage } from '../paging.ts';
import { boundedPage } from './bounded-page.ts';
import { foundIds } from './found-ids.ts';
import type { Sought } from './search-keys.ts';

/** So many that a text finds are looked up; more are so many that the list itself is full of them. */
const FEW = 1_000;

type Condition = Record<string, unknown>;
type Index = Readonly<Record<string, 1 | -1>>;

interface Documents {
  aiInterviews: AiInterviewDocument;
  responses: ResponseDocument;
}

/** A workspace's list by id, newest first. */
export interface ListById<Collection extends keyof Documents, Entry> {
  collection: Collection;
  cursor: string | null | undefined;
  limit: number;
  entry: (found: Documents[Collection]) => Entry;
  /** The index that has the list in its order, and the conditions that are a part of it. */
  inOrder: { index: Index; conditions: readonly Condition[] };
  /** What else must hold. */
  also: readonly Condition[];
  /** For a search: its keys, and what it looks for in an entry. */
  search?: (Pick<Sought, 'keys'> & { text: Condition }) | undefined;
}

/** One page of it, which reads no more than it shows, or a bounded number. */
export async function pageById<Collection extends keyof Documents, Entry>(
  context: Context,
  list: ListById<Collection, Entry>,
): Promise<Page<Entry>> {
  const { collection, limit, entry, inOrder, also, search } = list;
  const read = readFrom<Documents[Collection]>(context, collection);
  const to = { entry, cursor: ({ _id }: Documents[Collection]) => _id.toHexString() };
  const after = afterId(list.cursor);
  const conditions = [...inOrder.conditions, after];
  const few = search && (await foundIds(context, collection, { ...search, atMost: FEW }));
  if (few) {
    const found = await read({
      conditions: [...conditions, ...also, { _id: { $in: few } }],
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

interface Query {
  conditions: readonly Condition[];
  index: Index;
  count: number;
  skip?: number;
}

/** Reads what holds the conditions from the index, newest first. */
function readFrom<Found>({ database, workspaceId }: Context, collection: keyof Documents) {
  const model = database[collection] as unknown as Model<Found>; // the collection of these documents
  return ({ conditions, index, count, skip = 0 }: Query) =>
    model
      .find({ $and: [{ workspaceId }, ...conditions] })
      .sort({ _id: -1 })
      .skip(skip)
      .limit(count)
      .hint(index)
      .lean<Found[]>();
}
