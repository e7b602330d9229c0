import { z } from 'zod';

/** The name of an inbox, as it is in its address. */
export const InboxName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
  error: 'must be 1 to 40 small letters, digits and hyphens, such as "demo"',
});

/** How an inbox answers what comes in. */
export const InboxAnswer = z.strictObject({
  mode: z.enum(['ok', 'error', 'rate-limit', 'slow', 'never']).meta({
    description:
      '200; 500; 429 with Retry-After; 200 after some time; or the connection is held and nothing comes.',
  }),
  seconds: z
    .int()
    .min(1)
    .max(60)
    .default(10)
    .meta({ description: 'Of `rate-limit` what Retry-After says; of `slow` the time until the answer.' }),
});
export type InboxAnswer = z.infer<typeof InboxAnswer>;

/** What the signature of a request came to. */
export const SignatureCheck = z.object({
  ok: z.boolean(),
  reason: z.string().meta({ description: 'In plain words, what was found.' }),
});
export type SignatureCheck = z.infer<typeof SignatureCheck>;

/** One request that came in. All of it is the sender's: show it as text. */
export const InboxRequest = z.object({
  request_id: z.string(),
  received_at: z.iso.datetime(),
  method: z.string(),
  path: z.string(),
  headers: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .meta({ description: 'Values of headers that may hold a credential are masked.' }),
  body: z.string(),
  body_bytes: z.int().min(0),
  truncated: z.boolean().meta({ description: 'The body was longer than what is kept of it.' }),
  signature: SignatureCheck,
  answer: InboxAnswer,
});
export type InboxRequest = z.infer<typeof InboxRequest>;

export const Inbox = z.object({
  name: z.string(),
  url: z.string().meta({ description: 'Where webhooks can be sent to.' }),
  answer: InboxAnswer.meta({ description: 'How it answers from now on.' }),
  received: z.int().min(0).meta({ description: 'How many are kept; at most 200.' }),
  requests: z.array(InboxRequest).meta({ description: 'Newest first.' }),
  names: z.array(z.string()).meta({ description: 'All inboxes that anything came to, or that were set up.' }),
});
export type Inbox = z.infer<typeof Inbox>;

export const InboxRef = z.strictObject({ name: InboxName });
export type InboxRef = z.infer<typeof InboxRef>;

export const ReadInbox = InboxRef.extend({
  limit: z.coerce.number<number>().int().min(1).max(200).default(50),
});
export type ReadInbox = z.infer<typeof ReadInbox>;

export const AnswerInbox = InboxRef.extend({ answer: InboxAnswer });
export type AnswerInbox = z.infer<typeof AnswerInbox>;
