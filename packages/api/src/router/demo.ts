import { removeDemo } from '@interview-webhooks/domain';
import { RemovedDemo } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { procedure } from '../trpc.ts';

export const demoRouter = {
  remove: procedure('settings:write')
    .meta({ scope: 'settings:write', takesLonger: true })
    .output(sync(RemovedDemo))
    .mutation(({ ctx }) => removeDemo(ctx)),
} satisfies TRPCRouterRecord;
