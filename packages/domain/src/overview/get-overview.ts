import type { DeliveryStatsDocument } from '@interview-webhooks/database';
import type { Checklist, GetOverview, Overview } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { currentRevision } from '../settings/revisions.ts';
import { statsId } from './count-outcomes.ts';
import { readDisabledWebhooks } from './disabled-webhooks.ts';
import { countsOf, figuresOf, successRate } from './figures.ts';
import { type TimeBuckets, timeBuckets } from './time-buckets.ts';
import { readFailingEndpoints, readWaiting } from './waiting.ts';

/** How a workspace's webhooks are doing. Costs the same with ten deliveries and with ten million. */
export async function getOverview(context: Context, input: GetOverview): Promise<Overview> {
  const buckets = timeBuckets(input, context.now());
  const [stats, waiting, failing_endpoints, disabled_webhooks, checklist] = await Promise.all([
    readStats(context, buckets),
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
      start: figuresOf(stats.filter(({ event }) => event === 'ai_interview.start')),
      submission: figuresOf(stats.filter(({ event }) => event === 'ai_interview.submission')),
    },
    waiting,
    failing_endpoints,
    disabled_webhooks,
    checklist,
  };
}

function readStats({ database, workspaceId }: Context, { from, to }: TimeBuckets) {
  return database.direct.deliveryStats
    .find({ _id: { $gte: statsId(workspaceId, from), $lt: statsId(workspaceId, to) } })
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
