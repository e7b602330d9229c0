import { z } from 'zod';
import { AttemptTrigger } from './deliveries.ts';

/**
 * The request of one attempt, to the byte: with its signature and the receiver's credential, which are shown nowhere
 * else.
 */
export const SentRequest = z.object({
  request_id: z.string().meta({ description: 'One for each attempt, to tell a repetition by.' }),
  sent_at: z.iso.datetime(),
  number: z.int().min(1).meta({ description: 'Which attempt of its delivery.' }),
  trigger: AttemptTrigger,
  url: z.string().meta({ description: 'Where it was sent.' }),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type SentRequest = z.infer<typeof SentRequest>;

/** `listening` comes first: nothing that is sent from then on is missed. */
export type ListenEvent = { type: 'listening' } | { type: 'request'; request: SentRequest };

/** As it arrives: `id` is where a subscription that breaks off goes on. */
export interface ListenMessage {
  id: string;
  data: ListenEvent;
}

/** From now on, or from where a subscription broke off. */
export const Listen = z.strictObject({
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish()
    .meta({ description: 'The last event that was received; server-sent events give it by themselves.' }),
});
export type Listen = z.infer<typeof Listen>;
