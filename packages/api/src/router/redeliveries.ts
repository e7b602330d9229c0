import {
  cancelRedelivery,
  createRedelivery,
  getRedelivery,
  listRedeliveries,
} from '@interview-webhooks/domain';
import {
  CreateRedelivery,
  PageRequest,
  Redelivery,
  RedeliveryPage,
  RedeliveryRef,
} from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { procedure, sharedQuery } from '../trpc.ts';

export const redeliveriesRouter = {
  create: procedure('deliveries:write')
    .input(sync(CreateRedelivery))
    .output(sync(Redelivery))
    .mutation(({ ctx, input }) => createRedelivery(ctx, input)),

  list: sharedQuery('deliveries:read')
    .input(sync(PageRequest.prefault({})))
    .output(sync(RedeliveryPage))
    .query(({ ctx, input }) => listRedeliveries(ctx, input)),

  get: sharedQuery('deliveries:read')
    .input(sync(RedeliveryRef))
    .output(sync(Redelivery))
    .query(({ ctx, input }) => getRedelivery(ctx, input)),

  cancel: procedure('deliveries:write')
    .input(sync(RedeliveryRef))
    .output(sync(Redelivery))
    .mutation(({ ctx, input }) => cancelRedelivery(ctx, input)),
} satisfies TRPCRouterRecord;
