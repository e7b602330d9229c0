import { isObjectId } from '@interview-webhooks/database';
import { invalidCursor } from './paging.ts';

/** A place in the order of time. */
export interface Place {
  createdAt: Date;
  _id: string;
}

type Condition = Record<string, unknown>;

/** For each bound: the times that lie within it, and what of the place's own millisecond does not. */
const bounds = {
  before: ['$lte', '$gte'],
  upTo: ['$lte', '$gt'],
  after: ['$gte', '$lte'],
  from: ['$gte', '$lt'],
} as const;

/**
 * What lies on one side of a place; everything without one. Says the time by itself, so that it is a range of the index;
 * what shares its millisecond is left out one by one.
 */
export function inTime(bound: keyof typeof bounds, place: Place | null | undefined): Condition[] {
  if (!place) return [];
  const { createdAt, _id } = place;
  const [within, outside] = bounds[bound];
  return [{ createdAt: { [within]: createdAt } }, { $nor: [{ createdAt, _id: { [outside]: _id } }] }];
}

/** For sorting the newest first. */
export function byTime(one: Place, other: Place): number {
  return other.createdAt.getTime() - one.createdAt.getTime() || (one._id < other._id ? 1 : -1);
}

/** The cursor that stands for a place. */
export function cursorOfPlace({ createdAt, _id }: Place): string {
  return Buffer.from(`${createdAt.getTime()} ${_id}`).toString('base64url');
}

/** @throws InvalidInputError for what {@link cursorOfPlace} never gave */
export function placeOf(cursor: string): Place {
  const match = /^(\d{1,15}) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match?.[2]) throw invalidCursor();
  return { createdAt: new Date(Number(match[1])), _id: match[2] };
}

/** The same among what has ids of the database's own. */
export function placeOfId(cursor: string): Place {
  const place = placeOf(cursor);
  if (!isObjectId(place._id)) throw invalidCursor();
  return place;
}
