import { getOverview } from '@interview-webhooks/domain';
import { GetOverview, Overview } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { sharedQuery } from '../trpc.ts';

export const overviewRouter = {
  get: sharedQuery('deliveries:read')
    .input(sync(GetOverview.prefault({})))
    .output(sync(Overview))
    .query(({ ctx, input }) => getOverview(ctx, input)),
} satisfies TRPCRouterRecord;
