import { type AttemptDocument, type DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import type { EventType, OutcomeCounts } from '@interview-webhooks/schema';
import type { Services } from '../context.ts';
import { partOf } from '../deliveries/webhook-event.ts';
import { stepOf } from './response-times.ts';
import { hourOf } from './time-buckets.ts';

/** What became of a delivery, with or without an attempt. */
export interface CountedOutcome {
  workspaceId: ObjectId;
  event: EventType;
  became: keyof OutcomeCounts;
  at: Date;
  /** Null where nobody answered. */
  responseMs: number | null;
  /** When the delivery is forgotten, and it here with. */
  expiresAt: Date;
}

type OfDelivery = Pick<DeliveryDocument, 'workspaceId' | 'event' | 'expiresAt'>;

/** What an attempt, as it is in the log, made of its delivery. */
export function attemptCounted(
  { workspaceId, event, expiresAt }: OfDelivery,
  {
    startedAt,
    timings,
    status,
    error,
    nextAttemptAt,
  }: Pick<AttemptDocument, 'startedAt' | 'timings' | 'status' | 'error' | 'nextAttemptAt'>,
): CountedOutcome {
  const ended = error === null ? 'delivered' : 'failed';
  return {
    workspaceId,
    event,
    expiresAt,
    became: nextAttemptAt ? 'retried' : ended,
    at: new Date(startedAt.getTime() + timings.total_ms),
    responseMs: status === null ? null : timings.total_ms,
  };
}

/** A delivery that ended at `at` without an attempt. */
export function endCounted(
  { workspaceId, event, expiresAt }: OfDelivery,
  became: 'failed' | 'cancelled',
  at: Date,
): CountedOutcome {
  return { workspaceId, event, expiresAt, became, at, responseMs: null };
}

/** The id of what is counted of an hour; without an event, what comes before all of them. */
export function statsId(workspaceId: string, hour: Date, event?: EventType): string {
  return `${workspaceId} ${hour.toISOString()} ${event ? partOf(event) : ''}`;
}

/**
 * Counts what became of deliveries in the statistics of its hours. One statement however many, which waits for no disk:
 * the deliveries themselves are what must not be lost.
 *
 * @param weight -1 takes back what was counted
 */
export async function countOutcomes(
  { database }: Pick<Services, 'database'>,
  outcomes: readonly CountedOutcome[],
  weight: 1 | -1 = 1,
): Promise<void> {
  const hours = new Map<string, { of: CountedOutcome; hour: Date; counts: Map<string, number> }>();
  for (const outcome of outcomes) {
    const hour = hourOf(outcome.at);
    const id = statsId(outcome.workspaceId.toHexString(), hour, outcome.event);
    const known = hours.get(id) ?? { of: outcome, hour, counts: new Map<string, number>() };
    hours.set(id, known);
    if (outcome.expiresAt > known.of.expiresAt) known.of = outcome;
    const fields = outcome.responseMs === null ? [] : [`ms.${stepOf(outcome.responseMs)}`];
    for (const field of [outcome.became, ...fields]) {
      known.counts.set(field, (known.counts.get(field) ?? 0) + weight);
    }
  }
  if (hours.size === 0) return;
  await database.direct.deliveryStats.bulkWrite(
    [...hours].map(
      ([
        _id,
        {
          of: { workspaceId, event, expiresAt },
          hour,
          counts,
        },
      ]) => ({
        updateOne: {
          filter: { _id },
          update: {
            $setOnInsert: { workspaceId: new ObjectId(workspaceId), event, hour },
            $inc: Object.fromEntries(counts),
            $max: { expiresAt },
          },
          upsert: true,
        },
      }),
    ),
    { ordered: false, writeConcern: { w: 1, journal: false } },
  );
}
