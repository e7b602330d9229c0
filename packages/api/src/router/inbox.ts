import { answerInbox, clearInbox, readInbox, watchInbox } from '@interview-webhooks/domain';
import { AnswerInbox, Inbox, InboxRef, ReadInbox } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { procedure } from '../trpc.ts';
import { whileAllowed } from '../while-allowed.ts';

/** The receiver of local mode. */
export const inboxRouter = {
  list: procedure('deliveries:read')
    .input(sync(ReadInbox))
    .output(sync(Inbox))
    .query(({ ctx, input }) => readInbox(ctx, input)),

  live: procedure('deliveries:read')
    .input(sync(ReadInbox))
    .subscription(({ ctx, input, signal }) =>
      whileAllowed({ ctx, scope: 'deliveries:read', signal }, (ends) => watchInbox(ctx, input, ends)),
    ),

  answer: procedure('deliveries:write')
    .input(sync(AnswerInbox))
    .output(sync(Inbox))
    .mutation(({ ctx, input }) => answerInbox(ctx, input)),

  clear: procedure('deliveries:write')
    .input(sync(InboxRef))
    .output(sync(Inbox))
    .mutation(({ ctx, input }) => clearInbox(ctx, input)),
} satisfies TRPCRouterRecord;
