import { dueByEndpointIndex } from '@interview-webhooks/database';
import type { DueWithin, FailingEndpoint, Waiting } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { urlOf } from '../deliveries/endpoint.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Until when each stretch goes, from now. */
const stretches: readonly [DueWithin, endMs: number][] = [
  ['now', 0],
  ['5m', 5 * MINUTE_MS],
  ['1h', HOUR_MS],
  ['6h', 6 * HOUR_MS],
  ['24h', 24 * HOUR_MS],
  ['later', Infinity],
];

interface DueAt {
  $gt?: Date;
  $gte?: Date;
  $lte?: Date;
}

/** So many are told apart from more: counting goes through the index one by one. */
export const COUNTED_UP_TO = 1_000;
const MAX_ENDPOINTS = 50;
const anyTime: DueAt = { $gte: new Date(0) };

/** What waits for its next attempt, and when that is. Read from an index alone, and no further than it is shown. */
export async function readWaiting({ database, workspaceId, now }: Context): Promise<Waiting> {
  const { deliveries } = database;
  const at = now().getTime();
  // An endpoint's name begins with its workspace and a space, after which comes "!".
  const mine = { endpoint: { $gte: `${workspaceId} `, $lt: `${workspaceId}!` } };
  const count = async (state: 'pending' | 'delivering', dueAt: DueAt) => {
    const found = await deliveries
      .countDocuments({ ...mine, state, dueAt })
      .hint(dueByEndpointIndex)
      .limit(COUNTED_UP_TO + 1);
    return { count: Math.min(found, COUNTED_UP_TO), more: found > COUNTED_UP_TO };
  };
  const within = async ([name, endMs]: (typeof stretches)[number], index: number) => {
    const beginMs = stretches[index - 1]?.[1];
    const begin = beginMs === undefined ? anyTime : { $gt: new Date(at + beginMs) };
    const end = endMs === Infinity ? {} : { $lte: new Date(at + endMs) };
    return { within: name, ...(await count('pending', { ...begin, ...end })) };
  };
  const [first, delivering, by_due] = await Promise.all([
    // The first of each endpoint, which is one look into the index for each.
    deliveries
      .aggregate<{ dueAt: Date }>([
        { $match: { ...mine, state: 'pending', dueAt: anyTime } },
        { $sort: { endpoint: 1, dueAt: 1 } },
        { $group: { _id: '$endpoint', dueAt: { $first: '$dueAt' } } },
        { $sort: { dueAt: 1 } },
        { $limit: 1 },
      ])
      .hint(dueByEndpointIndex),
    count('delivering', anyTime),
    Promise.all(stretches.map(within)),
  ]);
  return { next_attempt_at: first[0]?.dueAt.toISOString() ?? null, by_due, delivering };
}

/** The endpoints that fail now, those that fail longest first. */
export async function readFailingEndpoints({ database, workspaceId }: Context): Promise<FailingEndpoint[]> {
  const failing = await database.endpoints
    .find({ workspaceId })
    .sort({ failingSince: 1 })
    .limit(MAX_ENDPOINTS)
    .lean();
  return failing.map(({ _id, failures, failingSince, openUntil }) => ({
    url: urlOf(_id),
    origin: new URL(urlOf(_id)).origin,
    failures,
    failing_since: failingSince.toISOString(),
    paused_until: openUntil?.toISOString() ?? null,
  }));
}
