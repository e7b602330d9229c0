import type { DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import type { Delivery, DeliveryFilter, ListDeliveries, Page } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { cutPage } from '../paging.ts';
import { byTime, cursorOfPlace, inTime, type Place, placeOf } from '../places.ts';
import { boundedPage } from '../search/bounded-page.ts';
import { foundIds } from '../search/found-ids.ts';
import { sought } from '../search/search-keys.ts';
import { deliveryView } from './delivery-view.ts';
import { eventIdsOf, indexFor, matching } from './read-deliveries.ts';

/** So many responses that a text finds are looked up; more are so many that the list itself is full of them. */
const FEW_RESPONSES = 500;
const FEW_INTERVIEWS = 10;

const newestFirst = { createdAt: -1, _id: -1 } as const;
const to = { entry: deliveryView, cursor: cursorOfPlace };

type Filter = Omit<DeliveryFilter, 'text'>;

/** The workspace's deliveries that match, newest first. Reads no more of them than it shows, or a bounded number. */
export async function listDeliveries(
  context: Context,
  { cursor, limit, text, ...filter }: ListDeliveries,
): Promise<Page<Delivery>> {
  const from = cursor == null ? undefined : placeOf(cursor);
  if (!text) return cutPage(await query(context, filter, { from, count: limit + 1 }), limit, to);
  const search = sought(text);
  if (!search) return { data: [], next_cursor: null };
  const [responses, interviews] = await Promise.all([
    foundIds(context, 'responses', { ...search, atMost: FEW_RESPONSES }),
    foundIds(context, 'aiInterviews', { ...search, atMost: FEW_INTERVIEWS }),
  ]);
  if (responses && interviews) {
    const found = await findOf(context, filter, { responses, interviews, from, count: limit + 1 });
    return cutPage(found, limit, to);
  }
  return boundedPage<Place, DeliveryDocument, Delivery>({
    limit,
    ...to,
    // Answered from the index alone.
    nth: async (count) =>
      (
        await query(context, filter, { from, count: 1, skip: count - 1 }).select<Place>({ createdAt: 1 })
      )[0] ?? null,
    wanted: (count, last) => query(context, { ...filter, text }, { from, until: last, count }),
  });
}

interface Stretch {
  from?: Place | undefined;
  until?: Place | null;
  count: number;
}

type Query = Stretch & { skip?: number; ids?: readonly string[] };

/** Reads an index in its order, or looks up a handful of ids. */
function query(
  { database, workspaceId }: Context,
  filter: DeliveryFilter,
  { from, until, count, skip = 0, ids }: Query,
) {
  const conditions = [{ workspaceId }, matching(filter), ...inTime('before', from), ...inTime('from', until)];
  const ofIds = ids === undefined ? [] : [{ _id: { $in: ids } }];
  return database.deliveries
    .find({ $and: [...conditions, ...ofIds] })
    .sort(newestFirst)
    .skip(skip)
    .limit(count)
    .hint(ids === undefined ? indexFor(filter) : { _id: 1 })
    .lean();
}

/** Those of certain responses and AI interviews. */
async function findOf(
  context: Context,
  filter: Filter,
  { responses, interviews, ...stretch }: Stretch & Record<'responses' | 'interviews', readonly ObjectId[]>,
): Promise<DeliveryDocument[]> {
  const ids = responses.flatMap((id) => eventIdsOf(id.toHexString()));
  const wanted = interviews
    .map((id) => id.toHexString())
    .filter((id) => filter.ai_interview_id === undefined || filter.ai_interview_id === id);
  const found = await Promise.all([
    query(context, filter, { ...stretch, ids }),
    ...wanted.map((ai_interview_id) => query(context, { ...filter, ai_interview_id }, stretch)),
  ]);
  const byId = new Map(found.flat().map((delivery) => [delivery._id, delivery]));
  return [...byId.values()].sort(byTime).slice(0, stretch.count);
}
