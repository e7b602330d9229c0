import { listAudit } from '@interview-webhooks/domain';
import { AuditPage, ListAudit } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sharedQuery } from '../trpc.ts';

export const auditRouter = {
  list: sharedQuery('audit:read')
    .input(ListAudit.prefault({}))
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx, input)),
} satisfies TRPCRouterRecord;
