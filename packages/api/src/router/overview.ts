import { getOverview } from '@interview-webhooks/domain';
import { GetOverview, Overview } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sharedQuery } from '../trpc.ts';

export const overviewRouter = {
  get: sharedQuery('deliveries:read')
    .input(GetOverview.prefault({}))
    .output(Overview)
    .query(({ ctx, input }) => getOverview(ctx, input)),
} satisfies TRPCRouterRecord;
