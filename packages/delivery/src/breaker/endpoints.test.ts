import { type Context, endpointOf, recordStart, recordSubmission } from '@interview-webhooks/domain';
import { receiver } from '@interview-webhooks/testing';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { answering, httpReceiver } from '../../test/receivers.ts';
import {
  configure,
  deliveryOf,
  type DeliveryWorld,
  deliveryWorld,
  invitation,
} from '../testing/delivery-world.ts';
import type { DeliveryEngine } from '../engine/engine.ts';
import { defaultOptions } from '../engine/engine-options.ts';

const FEW = { ...defaultOptions.limits, perEndpoint: 2 };
const DAY_MS = 86_400_000;
const on = (url: string) => ({ status: true, url });

/** Invites somebody, and has them start and submit. */
async function wholeInterview(context: Context): Promise<string> {
  const { response_id } = await invitation(context);
  await recordStart(context, { response_id });
  await recordSubmission(context, { response_id, score: 80 });
  return response_id;
}

it('a handler that hangs holds up no other URL of its host', async () => {
  await using world = await deliveryWorld({ deadlineMs: 60_000 });
  const arrived: string[] = [];
  const news = new EventTarget();
  await using target = await httpReceiver((request, response) => {
    arrived.push(request.url ?? '');
    news.dispatchEvent(new Event('arrived'));
    if (request.url !== '/start') answering(200)(request, response);
  });
  const engine = world.engine({ limits: FEW, stopGraceMs: 0 });
  const context = await world.workspace(engine);
  const { origin } = new URL(target.url);
  await configure(context, { start: on(`${origin}/start`), submission: on(`${origin}/submission?all=1`) });
  for (let n = 1; n <= 5; n++) await wholeInterview(context);
  const count = (path: string) => arrived.filter((url) => url === path).length;
  while (count('/submission?all=1') < 5) await once(news, 'arrived');
  expect(count('/start')).toBeLessThanOrEqual(2);
  for (const socket of target.connections) socket.destroy();
});

it('a URL that only fails is paused and switched off alone, whatever its query', async () => {
  await using world = await deliveryWorld();
  await using target = await httpReceiver((request, response) => {
    answering(request.url?.startsWith('/start') ? 500 : 200)(request, response);
  });
  const engine = world.engine();
  const context = await world.workspace(engine);
  const { origin } = new URL(target.url);
  await configure(context, { start: on(`${origin}/start?key=1`), submission: on(`${origin}/submission`) });
  const first: string[] = [];
  for (let n = 1; n <= 10; n++) first.push(await wholeInterview(context));
  await engine.runDue();
  const [failing, ...others] = await context.database.endpoints.find().lean();
  expect(failing?._id).toBe(`${context.workspaceId} ${origin}/start`);
  expect(others).toEqual([]);
  expect(await deliveryOf(context, first[9] ?? '', 'submission')).toMatchObject({ state: 'delivered' });

  world.advance(5 * DAY_MS);
  await wholeInterview(context);
  await engine.runDue();
  const settings = await context.database.webhookSettings.findOne({ action: 'disabled' }).lean();
  expect(settings?.settings).toMatchObject({ start: { status: false }, submission: { status: true } });
  expect(settings?.reason).toContain(`${origin}/start has failed`);
});

/**
 * A workspace with five deliveries that wait for `url` as the version before stored them, by its origin; and one endpoint
 * that fails.
 */
async function fromBefore(
  { world, engine, url }: { world: DeliveryWorld; engine: DeliveryEngine; url: string },
  fails: { nameOf: (context: Context) => string; openUntil: Date },
): Promise<Context> {
  const context = await world.workspace(engine);
  const { database, workspaceId } = context;
  const at = world.now();
  const failing = { workspaceId, failures: 10, failingSince: at, pauses: 1, version: 0 };
  const state = { ...failing, openUntil: fails.openUntil, expiresAt: new Date('2027-01-01') };
  await configure(context, { start: { status: true, url } });
  await engine.runDue();
  // So that none is sent before they are as they were then.
  const closed = { ...state, _id: endpointOf(workspaceId, url), openUntil: new Date('2027-01-01') };
  await database.endpoints.create(closed);
  for (let n = 1; n <= 5; n++) await recordStart(context, await invitation(context));
  await engine.runDue();
  const endpoint = `${workspaceId} ${new URL(url).origin}`;
  await database.deliveries.updateMany({}, { $set: { endpoint, dueAt: at } });
  await database.endpoints.deleteMany({});
  await database.endpoints.create({ ...state, _id: fails.nameOf(context) });
  return context;
}

it('what the version before put off for an origin goes when one of it is received', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const url = `${target.url}/hook`;
  const nameOf = ({ workspaceId }: Context) => `${workspaceId} ${target.url}`;
  const { database, workspaceId } = await fromBefore(
    { world, engine, url },
    { nameOf, openUntil: world.now() },
  );
  await engine.runDue();
  await engine.runDue();
  expect(target.received).toHaveLength(5);
  expect(await database.endpoints.countDocuments()).toBe(0);
  expect(await database.deliveries.distinct('endpoint')).toEqual([endpointOf(workspaceId, url)]);
});

it('what the version before stored waits for the breaker of its URL', async () => {
  await using world = await deliveryWorld();
  await using target = await receiver();
  const engine = world.engine();
  const url = `${target.url}/hook`;
  const openUntil = new Date(world.now().getTime() + 30_000);
  const nameOf = ({ workspaceId }: Context) => endpointOf(workspaceId, url);
  const { database, workspaceId } = await fromBefore({ world, engine, url }, { nameOf, openUntil });
  await engine.runDue();
  expect(target.received).toHaveLength(0);
  expect(await database.deliveries.distinct('endpoint')).toEqual([endpointOf(workspaceId, url)]);
  expect(await database.deliveries.distinct('dueAt')).toEqual([openUntil]);
});
