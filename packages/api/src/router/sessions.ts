import { endSession, listSessions } from '@interview-webhooks/domain';
import { OpenSession, OpenSessionPage, PageRequest, SessionRef } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { procedure } from '../trpc.ts';

/** Everybody's sessions of the dashboard; one's own is `session`. */
export const sessionsRouter = {
  list: procedure('keys:manage')
    .input(PageRequest.prefault({}))
    .output(OpenSessionPage)
    .query(({ ctx, input }) => listSessions(ctx, input)),

  end: procedure('keys:manage')
    .input(SessionRef)
    .output(OpenSession)
    .mutation(({ ctx, input }) => endSession(ctx, input)),
} satisfies TRPCRouterRecord;
