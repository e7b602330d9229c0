import type { AttemptDocument, DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import type { EventType, OutcomeCounts } from '@interview-webhooks/schema';
import { partOf } from '@interview-webhooks/webhooks';
import type { Services } from '../context.ts';
import { stepOf } from './response-times.ts';
import { dayOf, hourOf } from './time-buckets.ts';

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

/** What is counted together. Response times also by the day, so that a month of them is read in thirty pieces. */
export type Span = 'hour' | 'day';

/** The id of what is counted of a time; without an event, what comes before all of them. */
export function statsId(workspaceId: string, { span, at, event }: StatsPlace): string {
  return `${workspaceId} ${span} ${beginOf(span, at).toISOString()} ${event ? partOf(event) : ''}`;
}

export interface StatsPlace {
  span: Span;
  at: Date;
  event?: EventType;
}

function beginOf(span: Span, at: Date): Date {
  return span === 'hour' ? hourOf(at) : dayOf(at);
}

/**
 * Counts what became of deliveries in the statistics. One statement however many, which waits for no disk: the
 * deliveries themselves are what must not be lost.
 *
 * @param weight -1 takes back what was counted
 */
export async function countOutcomes(
  { database }: Pick<Services, 'database'>,
  outcomes: readonly CountedOutcome[],
  weight: 1 | -1 = 1,
): Promise<void> {
  const counts = new Map<string, { of: CountedOutcome; hour: Date; fields: Map<string, number> }>();
  const count = (of: CountedOutcome, span: Span, names: readonly string[]) => {
    const { workspaceId, at, event } = of;
    const id = statsId(workspaceId.toHexString(), { span, at, event });
    const known = counts.get(id) ?? { of, hour: beginOf(span, at), fields: new Map<string, number>() };
    counts.set(id, known);
    if (of.expiresAt > known.of.expiresAt) known.of = of;
    for (const name of names) known.fields.set(name, (known.fields.get(name) ?? 0) + weight);
  };
  for (const outcome of outcomes) {
    const times = outcome.responseMs === null ? [] : [`ms.${stepOf(outcome.responseMs)}`];
    count(outcome, 'hour', [outcome.became, ...times]);
    if (times.length > 0) count(outcome, 'day', times);
  }
  if (counts.size === 0) return;
  await database.direct.deliveryStats.bulkWrite(
    [...counts].map(
      ([
        _id,
        {
          of: { workspaceId, event, expiresAt },
          hour,
          fields,
        },
      ]) => ({
        updateOne: {
          filter: { _id },
          update: {
            $setOnInsert: { workspaceId, event, hour },
            $inc: Object.fromEntries(fields),
            $max: { expiresAt },
          },
          upsert: true,
        },
      }),
    ),
    { ordered: false, writeConcern: { w: 1, journal: false } },
  );
}
