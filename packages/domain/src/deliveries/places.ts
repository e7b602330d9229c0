import type { DeliveryDocument } from '@interview-webhooks/database';

/** A place in the order of time. */
export type Place = Pick<DeliveryDocument, 'createdAt' | '_id'>;

type Condition = Record<string, unknown>;

/** For each bound: the times that lie within it, and what of the place's own millisecond does not. */
const bounds = {
  before: ['$lte', '$gte'],
  upTo: ['$lte', '$gt'],
  after: ['$gte', '$lte'],
  from: ['$gte', '$lt'],
} as const;

/**
 * Deliveries on one side of a place; all of them without one. Says the time by itself, so that it is a range of the
 * index; what shares its millisecond is left out one by one.
 */
export function inTime(bound: keyof typeof bounds, place: Place | null | undefined): Condition[] {
  if (!place) return [];
  const { createdAt, _id } = place;
  const [within, outside] = bounds[bound];
  return [{ createdAt: { [within]: createdAt } }, { $nor: [{ createdAt, _id: { [outside]: _id } }] }];
}
