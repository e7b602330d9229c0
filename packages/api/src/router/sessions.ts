import { endSession, listSessions } from '@interview-webhooks/domain';
import { OpenSession, OpenSessionPage, PageRequest, SessionRef } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { procedure } from '../trpc.ts';

/** Everybody's sessions of the dashboard; one's own is `session`. */
export const sessionsRouter = {
  list: procedure('keys:manage')
    .input(sync(PageRequest.prefault({})))
    .output(sync(OpenSessionPage))
    .query(({ ctx, input }) => listSessions(ctx, input)),

  end: procedure('keys:manage')
    .input(sync(SessionRef))
    .output(sync(OpenSession))
    .mutation(({ ctx, input }) => endSession(ctx, input)),
} satisfies TRPCRouterRecord;
