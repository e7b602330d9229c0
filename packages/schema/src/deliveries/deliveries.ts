import { z } from 'zod';
import { PageRequest, pageOf } from '../page.ts';
import { text } from '../text.ts';
import { SentUrl } from '../webhook-settings/target-url.ts';
import { AuthUpdate } from '../webhook-settings/webhook-settings-update.ts';
import { AttemptErrorCode, LastError } from './attempt-error-code.ts';
import { EventType } from './events.ts';

/** `pending` waits for its next attempt, `delivering` is being attempted; the others are final. */
export const DeliveryState = z.enum(['pending', 'delivering', 'delivered', 'failed', 'cancelled']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** The kind of the last attempt's answer. */
export const StatusClass = z.enum(['2xx', '3xx', '4xx', '5xx', 'other', 'none']);
export type StatusClass = z.infer<typeof StatusClass>;

/** @param status null where there was no answer */
export function statusClassOf(status: number | null): StatusClass {
  if (status === null) return 'none';
  return StatusClass.options.find((kind) => kind === `${Math.floor(status / 100)}xx`) ?? 'other';
}

/** Why a delivery ended without having been delivered, or why it waits longer than its schedule says. */
export const DeliveryReason = z.enum([
  // Waits: too much has failed at this endpoint, which is tried with one delivery at a time.
  'endpoint-failing',
  'retries-used-up',
  'webhook-off',
  'no-url',
  'by-request',
  'receiver-gone',
]);
export type DeliveryReason = z.infer<typeof DeliveryReason>;

/** What an attempt was made for. */
export const AttemptTrigger = z.enum(['event', 'retry', 'manual', 'bulk', 'test']);
export type AttemptTrigger = z.infer<typeof AttemptTrigger>;

const Milliseconds = z.number().min(0).nullable();
const Headers = z.record(z.string(), z.string());

/** Everything known about one attempt. Secrets in the request are masked. */
export const Attempt = z.object({
  number: z.int().min(1),
  trigger: AttemptTrigger,
  settings_revision: z.int().min(0).meta({ description: 'Newest settings revision when it was made.' }),
  started_at: z.iso.datetime(),
  url: z.string(),
  request: z.object({ headers: Headers, body: z.string() }),
  remote_address: z.string().nullable(),
  status: z.int().nullable(),
  response: z.object({ headers: Headers, body: z.string(), truncated: z.boolean() }).nullable(),
  timings: z.object({
    dns_ms: Milliseconds,
    connect_ms: Milliseconds,
    tls_ms: Milliseconds,
    first_byte_ms: Milliseconds,
    total_ms: z.number().min(0),
  }),
  error: z
    .object({ code: AttemptErrorCode, message: z.string() })
    .nullable()
    .meta({ description: 'Null when the receiver answered 2xx.' }),
  next_attempt_at: z.iso.datetime().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const Delivery = z.object({
  delivery_id: z.string().meta({ description: 'Also the event_id, and the header webhook-id.' }),
  event: EventType,
  state: DeliveryState,
  reason: DeliveryReason.nullable(),
  ai_interview_id: z.string(),
  ai_interview_name: z.string(),
  response_id: z.string(),
  candidate_name: z.string(),
  candidate_email: z.string(),
  attempts: z.int().min(0),
  last_status: z.int().nullable(),
  last_error: LastError.nullable(),
  next_attempt_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

/** One delivery with its log, oldest attempt first; of more than fifty attempts the newest. */
export const DeliveryDetails = Delivery.extend({ payload: z.string(), log: z.array(Attempt) });
export type DeliveryDetails = z.infer<typeof DeliveryDetails>;

export const DeliveryRef = z.strictObject({ delivery_id: z.string() });
export type DeliveryRef = z.infer<typeof DeliveryRef>;

/** Which deliveries; everything given must hold. */
export const DeliveryFilter = z.strictObject({
  event: EventType.optional().meta({ description: 'What they tell about.' }),
  state: DeliveryState.optional().meta({ description: 'What has become of them so far.' }),
  status_class: StatusClass.optional().meta({ description: 'Of the last attempt; none: it had no answer.' }),
  ai_interview_id: z.string().optional().meta({ description: 'Of this AI interview.' }),
  response_id: z.string().optional().meta({ description: 'Of this response.' }),
  from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Made then or later.' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Made before then.' }),
  text: text(200).optional().meta({
    description: 'Begins a word in the name of the AI interview or the candidate, or in the e-mail address.',
  }),
});
export type DeliveryFilter = z.infer<typeof DeliveryFilter>;

export const ListDeliveries = PageRequest.extend(DeliveryFilter.shape);
export type ListDeliveries = z.infer<typeof ListDeliveries>;

export const DeliveryPage = pageOf(Delivery);

/** The first page of which is watched. */
export const WatchDeliveries = ListDeliveries.omit({ cursor: true });
export type WatchDeliveries = z.infer<typeof WatchDeliveries>;

/** Sends a sample to what is stored, or to what is given and not stored yet. */
export const SendTest = z.strictObject({
  event: z.enum(['start', 'submission']),
  url: SentUrl.optional(),
  auth: AuthUpdate.nullable().optional().meta({
    description: "Left out: the stored one where the URL's origin is that of a stored URL, else none.",
  }),
});
export type SendTest = z.output<typeof SendTest>;

/** The secret that receivers check signatures with, in the form of Standard Webhooks. */
export const SigningSecret = z.object({
  secret: z.string().meta({ examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] }),
});
export type SigningSecret = z.infer<typeof SigningSecret>;

/** What a rotation has made, and how long receivers may go on with what they have. */
export const RotatedSigningSecret = SigningSecret.extend({
  previous_secret_expires_at: z.iso.datetime().meta({
    description: 'When the secret before this one stops signing; now, where the overlap is 0.',
  }),
});
export type RotatedSigningSecret = z.infer<typeof RotatedSigningSecret>;

export const RotateSigningSecret = z.strictObject({
  overlap_hours: z.number().min(0).max(168).default(24).meta({
    description:
      'How long the old secret goes on signing beside the new one. At most five sign at a time: another rotation ends the oldest.',
  }),
});
export type RotateSigningSecret = z.infer<typeof RotateSigningSecret>;
