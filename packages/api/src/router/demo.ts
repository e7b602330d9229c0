import { removeDemo } from '@interview-webhooks/domain';
import { RemovedDemo } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { procedure } from '../trpc.ts';

export const demoRouter = {
  remove: procedure('settings:write')
    .meta({ scope: 'settings:write', takesLonger: true })
    .output(RemovedDemo)
    .mutation(({ ctx }) => removeDemo(ctx)),
} satisfies TRPCRouterRecord;
