import { z } from 'zod';

/** How far back the overview looks, and how finely: 24 hours by the hour, 7 days by six hours, 30 days by the day. */
export const OverviewRange = z.enum(['24h', '7d', '30d']);
export type OverviewRange = z.infer<typeof OverviewRange>;

export const GetOverview = z.strictObject({
  range: OverviewRange.default('24h').meta({ description: 'How far back it looks.' }),
  utc_offset_minutes: z.coerce
    .number<number>()
    .int()
    .min(-14 * 60)
    .max(14 * 60)
    .default(0)
    .meta({ description: 'Where the reader’s days begin: minutes ahead of UTC, counted to the full hour.' }),
});
export type GetOverview = z.infer<typeof GetOverview>;

const count = z.int().min(0);

/** What became of deliveries. One that is sent again by hand ends once more, and counts once more. */
export const OutcomeCounts = z.object({
  delivered: count.meta({ description: 'Received with 2xx.' }),
  failed: count.meta({ description: 'Given up.' }),
  cancelled: count.meta({
    description: 'Never sent, or not to the end: switched off, or stopped by request.',
  }),
  retried: count.meta({ description: 'Attempts that failed and are made again.' }),
});
export type OutcomeCounts = z.infer<typeof OutcomeCounts>;

const milliseconds = z.number().min(0).nullable();

/** One webhook in the range. */
export const WebhookFigures = OutcomeCounts.extend({
  success_rate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'Of what was delivered or given up, the part that was delivered; null for none.' }),
  answers: count.meta({
    description: 'Attempts that got an answer, whatever its status; beyond 24 hours, of whole days by UTC.',
  }),
  p50_ms: milliseconds.meta({ description: 'Time until half of those answers were there, to a tenth.' }),
  p95_ms: milliseconds,
});
export type WebhookFigures = z.infer<typeof WebhookFigures>;

/** When what waits is due, each entry without those before it. */
export const DueWithin = z.enum(['now', '5m', '1h', '6h', '24h', 'later']);
export type DueWithin = z.infer<typeof DueWithin>;

/** Counted up to a bound, so that a backlog of any size costs the same. */
const BoundedCount = z.object({
  count,
  more: z.boolean().meta({ description: 'There are more than `count`.' }),
});

export const Waiting = z.object({
  next_attempt_at: z.iso.datetime().nullable().meta({ description: 'When the first of it is due.' }),
  by_due: z.array(BoundedCount.extend({ within: DueWithin })),
  delivering: BoundedCount,
});
export type Waiting = z.infer<typeof Waiting>;

/** An endpoint whose last attempts all failed. */
export const FailingEndpoint = z.object({
  url: z.string().meta({ description: 'Without its query: whatever that is, it is one endpoint.' }),
  origin: z.string().meta({ description: 'Of `url`.' }),
  failures: count.meta({ description: 'In a row.' }),
  failing_since: z.iso.datetime(),
  paused_until: z.iso
    .datetime()
    .nullable()
    .meta({ description: 'Nothing is sent there before; then one delivery finds out. Null: still sent to.' }),
});
export type FailingEndpoint = z.infer<typeof FailingEndpoint>;

/** A webhook that the system switched off and that is off still. */
export const DisabledWebhook = z.object({
  webhook: z.enum(['start', 'submission']),
  ai_interview_id: z.string().nullable().meta({ description: 'Null: in the global settings.' }),
  ai_interview_name: z.string().nullable(),
  url: z.string().nullable(),
  reason: z.string().nullable(),
  disabled_at: z.iso.datetime(),
  revision: count.meta({ description: 'Of the settings’ history.' }),
});
export type DisabledWebhook = z.infer<typeof DisabledWebhook>;

/** How far a workspace has come. */
export const Checklist = z.object({
  url_set: z.boolean(),
  webhook_on: z.boolean(),
  has_interviews: z.boolean(),
  has_invitations: z.boolean(),
  has_deliveries: z.boolean(),
});
export type Checklist = z.infer<typeof Checklist>;

/** What an operator wants to see first. */
export const Overview = z.object({
  range: OverviewRange,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  bucket_hours: z.int().min(1),
  points: z
    .array(OutcomeCounts.extend({ at: z.iso.datetime() }))
    .meta({ description: 'Oldest first, without gaps; the last one is still being filled.' }),
  total: OutcomeCounts.extend({ success_rate: WebhookFigures.shape.success_rate }),
  webhooks: z.object({ start: WebhookFigures, submission: WebhookFigures }),
  waiting: Waiting,
  failing_endpoints: z.array(FailingEndpoint),
  disabled_webhooks: z.array(DisabledWebhook),
  checklist: Checklist,
});
export type Overview = z.infer<typeof Overview>;
