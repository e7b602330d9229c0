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
import { procedure, sharedQuery } from '../trpc.ts';

export const redeliveriesRouter = {
  create: procedure('deliveries:write')
    .input(CreateRedelivery)
    .output(Redelivery)
    .mutation(({ ctx, input }) => createRedelivery(ctx, input)),

  list: sharedQuery('deliveries:read')
    .input(PageRequest.prefault({}))
    .output(RedeliveryPage)
    .query(({ ctx, input }) => listRedeliveries(ctx, input)),

  get: sharedQuery('deliveries:read')
    .input(RedeliveryRef)
    .output(Redelivery)
    .query(({ ctx, input }) => getRedelivery(ctx, input)),

  cancel: procedure('deliveries:write')
    .input(RedeliveryRef)
    .output(Redelivery)
    .mutation(({ ctx, input }) => cancelRedelivery(ctx, input)),
} satisfies TRPCRouterRecord;
