import type { Delivery, Page } from '@interview-webhooks/schema';

type DeliveryPage = Page<Delivery>;

/** Whether `one` comes after `other` in the list: newest first, and by id within a millisecond. */
function isBelow(one: Delivery, other: Delivery): boolean {
  return one.created_at === other.created_at
    ? one.delivery_id < other.delivery_id
    : one.created_at < other.created_at;
}

/**
 * The loaded pages with what their first one is now. Whatever is not older than its last entry is in it, or does
 * not match any more; what is older stays as it was loaded.
 */
export function withFirstPage(pages: readonly DeliveryPage[], first: DeliveryPage): DeliveryPage[] {
  const last = first.data.at(-1);
  if (first.next_cursor === null) return [first];
  // Nothing as far as was looked: what is known lies further back.
  if (!last) return [...pages];
  const meets = pages.some(({ data }) => data.some((delivery) => !isBelow(delivery, last)));
  // More has come than one page holds: between it and what was loaded there may be more.
  if (!meets) return [first];
  return pages.map(({ data, next_cursor }, page) => {
    const older = data.filter((delivery) => isBelow(delivery, last));
    return { data: page === 0 ? [...first.data, ...older] : older, next_cursor };
  });
}

/** The same pages with one delivery as it is now, where it is among them. */
export function withDelivery(pages: readonly DeliveryPage[], changed: Delivery): DeliveryPage[] {
  return pages.map(({ data, next_cursor }) => ({
    data: data.map((delivery) => (delivery.delivery_id === changed.delivery_id ? changed : delivery)),
    next_cursor,
  }));
}

export interface ShownRows {
  rows: Delivery[];
  /** How many newer ones wait to be shown. */
  fresh: number;
}

/**
 * What to show while somebody reads: the rows that were there keep their places, also those that do not match any
 * more; they show what is known of them now; older ones come below.
 *
 * @param held the rows when the reading began; null while nobody reads
 */
export function shownRows(loaded: Delivery[], held: readonly Delivery[] | null): ShownRows {
  const newest = held?.[0];
  const oldest = held?.at(-1);
  if (!held || !newest || !oldest) return { rows: loaded, fresh: 0 };
  const known = new Map(loaded.map((delivery) => [delivery.delivery_id, delivery]));
  const kept = held.map((delivery) => known.get(delivery.delivery_id) ?? delivery);
  return {
    rows: [...kept, ...loaded.filter((delivery) => isBelow(delivery, oldest))],
    fresh: arrivedSince(newest, loaded),
  };
}

/** How many are newer than what was the newest. */
export function arrivedSince(newest: Delivery | undefined, deliveries: readonly Delivery[]): number {
  return newest ? deliveries.filter((delivery) => isBelow(newest, delivery)).length : deliveries.length;
}
