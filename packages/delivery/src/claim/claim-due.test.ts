import { type DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import { expect, it } from 'vitest';
import { createEndpointHealth } from '../breaker/endpoint-health.ts';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.ts';
import { claimDue, type Claimed } from './claim-due.ts';
import { createDueSearch } from './due-search.ts';
import { createLeases } from './leases.ts';

const LEASE_MS = 30_000;

/**
 * A worker that claims what is due.
 *
 * @param meanwhile happens just before it asks for leave to probe, and just after
 */
function worker(
  { services }: DeliveryWorld,
  name: string,
  { before, after }: { before?: () => Promise<void>; after?: () => Promise<void> } = {},
) {
  const health = createEndpointHealth(services);
  const overtaken: typeof health = {
    ...health,
    takeProbe: async (known) => {
      await before?.();
      const until = await health.takeProbe(known);
      await after?.();
      return until;
    },
  };
  const leases = createLeases(services, name, LEASE_MS);
  return async (): Promise<Claimed> => {
    const due = await createDueSearch(services.database).oldest(services.now(), 100);
    return claimDue({ services, health: overtaken, leases, admit: () => true }, due);
  };
}

/** Three deliveries to an endpoint that has failed so often that one of them finds out whether it works again. */
async function failing({ services }: DeliveryWorld): Promise<void> {
  const workspaceId = new ObjectId();
  const endpoint = `${workspaceId.toHexString()} https://example.com`;
  const openUntil = services.now();
  await services.database.direct.endpoints.insertOne({
    _id: endpoint,
    workspaceId,
    failures: 10,
    failingSince: openUntil,
    openUntil,
    pauses: 1,
    version: 0,
    expiresAt: new Date(openUntil.getTime() + 86_400_000),
  });
  await services.database.direct.deliveries.insertMany(
    Array.from({ length: 3 }, () => waiting({ workspaceId, endpoint, dueAt: openUntil })),
  );
}

function waiting(of: Pick<DeliveryDocument, 'workspaceId' | 'endpoint'> & { dueAt: Date }): DeliveryDocument {
  const responseId = new ObjectId();
  return {
    _id: `evt_${responseId.toHexString()}_start`,
    ...of,
    interviewId: new ObjectId(),
    interviewName: 'Backend',
    responseId,
    candidateName: 'Ada',
    candidateEmail: 'ada@example.com',
    event: 'ai_interview.start',
    body: '{}',
    state: 'pending',
    reason: 'endpoint-failing',
    trigger: 'retry',
    attempts: 1,
    failures: 1,
    lastStatus: 500,
    lastStatusClass: '5xx',
    lastError: 'http-status',
    createdAt: of.dueAt,
    finishedAt: null,
    expiresAt: new Date(of.dueAt.getTime() + 86_400_000),
  };
}

const ids = ({ won }: Claimed) => won.map(({ _id }) => _id);
const isDue = ({ services }: DeliveryWorld) => ({ dueAt: { $lte: services.now() } });

it.each(['before', 'after'])('a probe is made although another worker comes just %s it', async (moment) => {
  await using world = await deliveryWorld();
  await failing(world);
  const found: Claimed[] = [];
  const other = worker(world, 'other');
  const one = worker(world, 'one', {
    [moment]: async () => {
      found.push(await other());
    },
  });
  found.push(await one());
  // Whichever of the two may probe: one delivery is sent, and the rest waits for what comes of it.
  expect(found.flatMap(ids)).toHaveLength(1);
  await other();
  const { deliveries } = world.services.database;
  expect(await deliveries.countDocuments(isDue(world))).toBe(0);
  expect(await deliveries.countDocuments({ state: 'delivering' })).toBe(1);
});

it('what was taken up for a probe that another worker makes is put off with the rest', async () => {
  await using world = await deliveryWorld();
  await failing(world);
  const { deliveries, endpoints } = world.services.database;
  const one = worker(world, 'one', {
    before: async () => {
      await endpoints.updateOne({}, { $inc: { version: 1 }, $set: { openUntil: new Date('2026-02-01') } });
    },
  });
  expect(ids(await one())).toEqual([]);
  expect(ids(await worker(world, 'other')())).toEqual([]);
  expect(await deliveries.distinct('dueAt')).toEqual([new Date('2026-02-01')]);
  expect(await deliveries.countDocuments({ state: 'pending', reason: 'endpoint-failing' })).toBe(3);
});
