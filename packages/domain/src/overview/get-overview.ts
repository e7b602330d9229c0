import { type DeliveryStatsDocument, READ_MAX_MS } from '@interview-webhooks/database';
import type { Checklist, EventType, GetOverview, Overview } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { currentRevision } from '../settings/revisions.ts';
import { type Span, statsId } from './count-outcomes.ts';
import { readDisabledWebhooks } from './disabled-webhooks.ts';
import { countsOf, figuresOf, successRate } from './figures.ts';
import { dayOf, type TimeBuckets, timeBuckets } from './time-buckets.ts';
import { readFailingEndpoints, readWaiting } from './waiting.ts';

const DAY_MS = 86_400_000;
/** More than 30 days have hours and kinds of events, in one batch. */
const bounds = { limit: 5_000, batchSize: 5_000, maxTimeMS: READ_MAX_MS };

/** How a workspace's webhooks are doing. Costs the same with ten deliveries and with ten million. */
export async function getOverview(context: Context, input: GetOverview): Promise<Overview> {
  const buckets = timeBuckets(input, context.now());
  const [stats, timed, waiting, failing_endpoints, disabled_webhooks, checklist] = await Promise.all([
    readCounts(context, buckets),
    readTimes(context, buckets),
    readWaiting(context),
    readFailingEndpoints(context),
    readDisabledWebhooks(context),
    readChecklist(context),
  ]);
  const inBucket = buckets.starts.map((): DeliveryStatsDocument[] => []);
  for (const hour of stats) inBucket[buckets.indexOf(hour.hour)]?.push(hour);
  const total = countsOf(stats);
  return {
    range: input.range,
    from: buckets.from.toISOString(),
    to: buckets.to.toISOString(),
    bucket_hours: buckets.bucketHours,
    points: buckets.starts.map((at, index) => ({
      at: at.toISOString(),
      ...countsOf(inBucket[index] ?? []),
    })),
    total: { ...total, success_rate: successRate(total) },
    webhooks: {
      start: figuresOf(stats.filter(isOf('ai_interview.start')), timed.filter(isOf('ai_interview.start'))),
      submission: figuresOf(
        stats.filter(isOf('ai_interview.submission')),
        timed.filter(isOf('ai_interview.submission')),
      ),
    },
    waiting,
    failing_endpoints,
    disabled_webhooks,
    checklist,
  };
}

function isOf(wanted: EventType) {
  return ({ event }: DeliveryStatsDocument) => event === wanted;
}

function readCounts(context: Context, { from, to }: TimeBuckets): Promise<DeliveryStatsDocument[]> {
  return readStats(context, 'hour', { from, to, fields: { ms: 0, _id: 0, workspaceId: 0, expiresAt: 0 } });
}

/** By the hour for one day, and for more by whole days: they are long to read. */
function readTimes(
  context: Context,
  { from, to, bucketHours }: TimeBuckets,
): Promise<DeliveryStatsDocument[]> {
  const fields = { ms: 1, event: 1 } as const;
  if (bucketHours === 1) return readStats(context, 'hour', { from, to, fields });
  return readStats(context, 'day', { from, to: new Date(dayOf(to).getTime() + DAY_MS), fields });
}

function readStats(
  { database, workspaceId }: Context,
  span: Span,
  { from, to, fields }: { from: Date; to: Date; fields: Record<string, 0 | 1> },
): Promise<DeliveryStatsDocument[]> {
  const id = (at: Date) => statsId(workspaceId, { span, at });
  return database.direct.deliveryStats
    .find({ _id: { $gte: id(from), $lt: id(to) } }, { projection: fields, ...bounds })
    .toArray();
}

async function readChecklist(context: Context): Promise<Checklist> {
  const { database, workspaceId } = context;
  const [{ settings }, interview, response, delivery] = await Promise.all([
    currentRevision(context),
    database.aiInterviews.exists({ workspaceId }),
    database.responses.exists({ workspaceId }),
    database.deliveries.exists({ workspaceId }),
  ]);
  const targets = [settings.start, settings.submission];
  return {
    url_set: targets.some(({ url }) => url !== null),
    webhook_on: targets.some(({ status }) => status),
    has_interviews: interview !== null,
    has_invitations: response !== null,
    has_deliveries: delivery !== null,
  };
}
