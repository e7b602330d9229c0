import { listAudit } from '@interview-webhooks/domain';
import { AuditPage, ListAudit } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { sharedQuery } from '../trpc.ts';

export const auditRouter = {
  list: sharedQuery('audit:read')
    .input(sync(ListAudit.prefault({})))
    .output(sync(AuditPage))
    .query(({ ctx, input }) => listAudit(ctx, input)),
} satisfies TRPCRouterRecord;
