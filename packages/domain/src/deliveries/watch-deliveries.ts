import type { Delivery, Page, WatchDeliveries } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { createSharedPolls } from '../live/shared-polls.ts';
import { listDeliveries } from './list-deliveries.ts';

/** Whatever process delivers, the database knows; nobody follows a list that changes more often. */
const EVERY_MS = 1_000;

const polls = createSharedPolls<Page<Delivery>>({ everyMs: EVERY_MS });

/**
 * The first page of the deliveries that match, now and whenever it has changed.
 *
 * @throws AbortError when `signal` says so
 */
export function watchDeliveries(
  context: Context,
  filter: WatchDeliveries,
  signal: AbortSignal,
): AsyncIterable<Page<Delivery>> {
  const key = JSON.stringify([context.workspaceId, filter]);
  return polls.watch(key, () => listDeliveries(context, filter), signal);
}
