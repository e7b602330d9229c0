import { ListAiInterviews } from '@interview-webhooks/schema';
import { z } from 'zod';

/** The parameters of the list's address. */
export const InterviewsSearch = ListAiInterviews.pick({ text: true })
  .extend({ dialog: z.literal('create') })
  .partial();
export type InterviewsSearch = z.infer<typeof InterviewsSearch>;

/** The parameters of one AI interview's address. */
export const InterviewSearch = z
  .object({ dialog: z.literal('invite'), response: z.string().max(100) })
  .partial();
export type InterviewSearch = z.infer<typeof InterviewSearch>;
