import { z } from 'zod';
import { Actor } from '../actor.ts';
import { pageOf } from '../page.ts';
import { DeliveryFilter } from './deliveries.ts';

/** Counting ends here: beyond it, only that there are more is of interest. */
export const COUNTED_UP_TO = 100_000;

const Count = z
  .int()
  .min(0)
  .nullable()
  .meta({ description: `Null where there are more than ${COUNTED_UP_TO}, or they take long to count.` });

export const DeliveryCount = z.object({ count: Count });
export type DeliveryCount = z.infer<typeof DeliveryCount>;

/** Which deliveries are to be sent again: those that a list with the same filter shows. */
export const CreateRedelivery = DeliveryFilter.refine((filter) => Object.keys(filter).length > 0, {
  message:
    'must say which deliveries to send again; give at least one of state, event, from, to or the others',
});
export type CreateRedelivery = z.infer<typeof CreateRedelivery>;

/** Sending many deliveries again, a bounded number at a time. */
export const Redelivery = z.object({
  redelivery_id: z.string(),
  state: z
    .enum(['running', 'completed', 'cancelled'])
    .meta({ description: 'completed: each of them has been tried.' }),
  filter: DeliveryFilter,
  total: Count.meta({ description: 'How many matched at first; null where that are too many to count.' }),
  queued: z.int().min(0).meta({ description: 'How many were taken up so far.' }),
  waiting: z.int().min(0).meta({ description: 'Of those taken up: wait for an attempt, or for a retry.' }),
  delivered: z.int().min(0),
  failed: z.int().min(0),
  cancelled: z.int().min(0),
  created_by: Actor,
  created_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});
export type Redelivery = z.infer<typeof Redelivery>;

export const RedeliveryRef = z.strictObject({ redelivery_id: z.string() });
export type RedeliveryRef = z.infer<typeof RedeliveryRef>;

export const RedeliveryPage = pageOf(Redelivery);
