import {
  cancelDelivery,
  countDeliveries,
  getDelivery,
  listDeliveries,
  redeliver,
  watchDeliveries,
} from '@interview-webhooks/domain';
import {
  Delivery,
  DeliveryCount,
  DeliveryDetails,
  DeliveryFilter,
  DeliveryPage,
  DeliveryRef,
  ListDeliveries,
  WatchDeliveries,
} from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { procedure } from '../trpc.ts';
import { whileAllowed } from '../while-allowed.ts';

export const deliveriesRouter = {
  list: procedure('deliveries:read')
    .input(ListDeliveries.prefault({}))
    .output(DeliveryPage)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),

  count: procedure('deliveries:read')
    .input(DeliveryFilter.prefault({}))
    .output(DeliveryCount)
    .query(({ ctx, input }) => countDeliveries(ctx, input)),

  live: procedure('deliveries:read')
    .input(WatchDeliveries.prefault({}))
    .subscription(({ ctx, input, signal }) =>
      whileAllowed({ ctx, scope: 'deliveries:read', signal }, (ends) => watchDeliveries(ctx, input, ends)),
    ),

  get: procedure('deliveries:read')
    .input(DeliveryRef)
    .output(DeliveryDetails)
    .query(({ ctx, input }) => getDelivery(ctx, input)),

  redeliver: procedure('deliveries:write')
    .input(DeliveryRef)
    .output(Delivery)
    .mutation(({ ctx, input }) => redeliver(ctx, input)),

  cancel: procedure('deliveries:write')
    .input(DeliveryRef)
    .output(Delivery)
    .mutation(({ ctx, input }) => cancelDelivery(ctx, input)),
} satisfies TRPCRouterRecord;
