import { unboundedReads } from '@interview-webhooks/database/testing';
import {
  type Context,
  countDeliveries,
  countInterviews,
  createRedelivery,
  getDelivery,
  getOverview,
  listAudit,
  listDeliveries,
  listInterviews,
  listRedeliveries,
  listResponses,
  recordStart,
} from '@interview-webhooks/domain';
import {
  GetOverview,
  ListAiInterviews,
  ListAudit,
  ListDeliveries,
  ListResponses,
  PageRequest,
} from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { readQueue } from '../src/queue-figures.ts';
import { configure, type DeliveryWorld, deliveryWorld, invitation } from '../src/testing/delivery-world.ts';

const MINUTE_MS = 60_000;
const on = (url: string) => ({ status: true, url });

/** What an engine asks for: new events, retries, many sent again, settings that change, and what is over. */
async function deliverAll(
  world: DeliveryWorld,
  context: Context,
  engine: ReturnType<DeliveryWorld['engine']>,
) {
  for (let made = 0; made < 12; made++) await recordStart(context, await invitation(context));
  await engine.runDue();
  world.advance(MINUTE_MS);
  await engine.runDue();
  await createRedelivery(context, { state: 'failed' });
  await engine.runDue();
  await configure(context, { start: { status: false } }, true);
  world.advance(MINUTE_MS);
  await engine.runDue();
  await engine.stop();
}

/** What callers ask for. */
async function readAll(context: Context) {
  const { data } = await listDeliveries(context, ListDeliveries.parse({ text: 'ada' }));
  await listDeliveries(context, ListDeliveries.parse({ state: 'failed', text: 'ada' }));
  await getDelivery(context, { delivery_id: data[0]?.delivery_id ?? '' });
  await countDeliveries(context, {});
  await countInterviews(context);
  await listRedeliveries(context, PageRequest.parse({}));
  await listInterviews(context, ListAiInterviews.parse({ text: 'back' }));
  await listResponses(context, ListResponses.parse({ text: 'ada' }));
  await listAudit(context, ListAudit.parse({}));
  await getOverview(context, GetOverview.parse({}));
  await readQueue(context);
}

it('every read has a limit and a time, whatever is asked and delivered', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  target.answer = 500;
  const engine = world.engine({ schedule: [MINUTE_MS] });
  const context = await world.workspace(engine);
  await configure(context, { start: on(target.url) });
  const { reads, unbounded } = await unboundedReads(context.database, async () => {
    await deliverAll(world, context, engine);
    await readAll(context);
  });
  expect(unbounded).toEqual([]);
  expect(reads).toBeGreaterThan(50);
}, 60_000);
