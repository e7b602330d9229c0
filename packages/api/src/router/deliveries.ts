import {
  cancelDelivery,
  countDeliveries,
  getDelivery,
  listDeliveries,
  listenToRequests,
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
  Listen,
  type ListenMessage,
  ListDeliveries,
  WatchDeliveries,
} from '@interview-webhooks/schema';
import { tracked, type TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { procedure, sharedQuery } from '../trpc.ts';
import { whileAllowed } from '../while-allowed.ts';

export const deliveriesRouter = {
  list: sharedQuery('deliveries:read')
    .input(sync(ListDeliveries.prefault({})))
    .output(sync(DeliveryPage))
    .query(({ ctx, input }) => listDeliveries(ctx, input)),

  count: sharedQuery('deliveries:read')
    .input(sync(DeliveryFilter.prefault({})))
    .output(sync(DeliveryCount))
    .query(({ ctx, input }) => countDeliveries(ctx, input)),

  live: procedure('deliveries:read')
    .input(sync(WatchDeliveries.prefault({})))
    .subscription(({ ctx, input, signal }) =>
      whileAllowed({ ctx, scope: 'deliveries:read', signal }, (ends) => watchDeliveries(ctx, input, ends)),
    ),

  /** Every request as it goes out, credentials included: see {@link listenToRequests} for why the scope is enough. */
  listen: procedure('settings:write')
    .input(sync(Listen.prefault({})))
    .subscription(async function* ({ ctx, input, signal }): AsyncGenerator<ListenMessage> {
      const events = whileAllowed({ ctx, scope: 'settings:write', signal }, (ends) =>
        listenToRequests(ctx, input, ends),
      );
      for await (const { position, event } of events) {
        // What arrives of it is a ListenMessage; tRPC's own type for that has no name that declarations could say.
        yield tracked(position, event) as unknown as ListenMessage;
      }
    }),

  get: sharedQuery('deliveries:read')
    .input(sync(DeliveryRef))
    .output(sync(DeliveryDetails))
    .query(({ ctx, input }) => getDelivery(ctx, input)),

  redeliver: procedure('deliveries:write')
    .input(sync(DeliveryRef))
    .output(sync(Delivery))
    .mutation(({ ctx, input }) => redeliver(ctx, input)),

  cancel: procedure('deliveries:write')
    .input(sync(DeliveryRef))
    .output(sync(Delivery))
    .mutation(({ ctx, input }) => cancelDelivery(ctx, input)),
} satisfies TRPCRouterRecord;
