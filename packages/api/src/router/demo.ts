import { removeDemo } from '@interview-webhooks/domain';
import { RemovedDemo } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { procedure } from '../trpc.ts';

export const demoRouter = {
  remove: procedure('settings:write')
    .output(RemovedDemo)
    .mutation(({ ctx }) => removeDemo(ctx)),
} satisfies TRPCRouterRecord;
