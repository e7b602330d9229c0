import { routedStatements, testDatabase } from '@interview-webhooks/database/testing';
import {
  authenticateApiKey,
  authenticateSession,
  bootstrapWorkspace,
  type Context,
  createInterview,
  inviteCandidate,
  recordStart,
  recordSubmission,
  type Services,
  signIn,
  unattendedEvents,
} from '@interview-webhooks/domain';
import { InviteCandidate } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { configure, type DeliveryWorld, deliveryWorld, invitation } from '../src/testing/delivery-world.ts';

const MINUTE_MS = 60_000;
const LEASE_MS = 300;
const FAILURES = 10;

/** Finds work of any workspace; docs/scaling.md has what that costs. */
const dueSearch = [
  'find deliveries {dueAt: $lte}',
  'find deliveries {endpoint: $gt, dueAt: $lte}',
  'find responses {outboxEntries.until: $lte}',
  // What a version without leases left.
  'find responses {outbox: $exists}',
  // When the next of all this is due.
  'aggregate deliveries {dueAt: $exists}',
];

/** Looks for what is over in the background, by time, for all workspaces; in nobody's way. */
const retention = /^find \w+ \{(finishedAt: \$type, )?(expiresAt|createdAt): \$lte\}$/;

/** What is sent meanwhile, and what of it no router would know a shard for. */
async function statementsOf({ services: { database } }: DeliveryWorld, work: () => Promise<unknown>) {
  const all = await routedStatements(database, work);
  const found = all.filter(({ shape }) => !retention.test(shape));
  const unrouted = found.filter(({ route }) => route !== 'routed');
  return {
    shapes: found.map(({ shape }) => shape),
    lost: unrouted
      .filter(({ shape }) => !dueSearch.includes(shape))
      .map(({ shape, route }) => `${route}: ${shape}`),
    searched: unrouted.map(({ shape }) => shape).filter((shape) => dueSearch.includes(shape)),
  };
}

/** Two workspaces that send to `url`, and candidates invited in both. */
async function invitedInTwo(
  world: DeliveryWorld,
  engine: Parameters<DeliveryWorld['workspace']>[0],
  url: string,
) {
  const contexts = await Promise.all([world.workspace(engine), world.workspace(engine)]);
  const on = { status: true, url };
  const made = contexts.map(async (context) => {
    await configure(context, { start: on, submission: on });
    const invited = await Promise.all(Array.from({ length: FAILURES }, () => invitation(context)));
    return invited.map(({ response_id }) => ({ context, response_id }));
  });
  return (await Promise.all(made)).flat();
}

type Invited = Awaited<ReturnType<typeof invitedInTwo>>;

const startAll = (invited: Invited) =>
  Promise.all(invited.map(({ context, response_id }) => recordStart(context, { response_id })));

it('who asks is found by a key: authenticate', async () => {
  await using world = await deliveryWorld({ on: await testDatabase({ asSharded: true }) });
  const services: Services = { ...world.services, events: unattendedEvents };
  const owner = await bootstrapWorkspace(services);
  const use = { address: '127.0.0.1', userAgent: undefined };
  const { shapes, lost } = await statementsOf(world, async () => {
    const principal = await authenticateApiKey(services, owner?.apiKey ?? '');
    const { token } = await signIn(services, principal, use);
    world.advance(2 * MINUTE_MS);
    await authenticateSession(services, token, use);
  });
  expect(lost).toEqual([]);
  expect(shapes).toEqual(
    expect.arrayContaining([
      'find api_keys {hash: $in}',
      'find sessions {hash}',
      'update api_keys {$or: [{lastUsedAt}, {lastUsedAt: $lte}], _id}',
    ]),
  );
});

it('what is recorded in several workspaces at once names each: invite, record, record again', async () => {
  await using world = await deliveryWorld({ on: await testDatabase({ asSharded: true }) });
  const invited = await invitedInTwo(
    world,
    { events: unattendedEvents, sender: world.services.sender },
    'https://127.0.0.1/',
  );
  const { shapes, lost } = await statementsOf(world, async () => {
    await Promise.all(invited.slice(0, 1).map(({ context }) => inviteOnce(context)));
    await startAll(invited);
    await startAll(invited);
    await Promise.all(
      invited.map(({ context, response_id }) => recordSubmission(context, { response_id, score: 80 })),
    );
  });
  expect(lost).toEqual([]);
  expect(shapes).toEqual(
    expect.arrayContaining([
      'findAndModify idempotency_keys {_id}',
      'insert responses {workspaceId, _id}',
      'find responses {workspaceId: $in, _id: $in}',
      'find ai_interviews {workspaceId: $in, _id: $in}',
      'update responses {status, workspaceId, _id: $in}',
    ]),
  );
});

async function inviteOnce(context: Context): Promise<void> {
  const keyed = { ...context, idempotencyKey: 'once' };
  const { ai_interview_id } = await createInterview(keyed, { ai_interview_name: 'Backend' });
  const invite = { candidate_name: 'Ada', candidate_email: 'ada@example.com', ai_interview_id };
  await inviteCandidate(keyed, InviteCandidate.parse(invite));
}

it('what is delivered for several workspaces at once names each: take up, complete, sweep', async () => {
  await using world = await deliveryWorld({ on: await testDatabase({ asSharded: true }) });
  await using target = await receiver();
  const engine = world.engine();
  const told = await invitedInTwo(world, engine, target.url);
  // The change of settings is looked over first: that is not on a delivery's way.
  await engine.runDue();
  const crashed = await invitedInTwo(
    world,
    { events: unattendedEvents, sender: world.services.sender },
    target.url,
  );
  await startAll(crashed);
  const { shapes, lost, searched } = await statementsOf(world, async () => {
    // As after a change of them, and for as long as nothing is kept.
    await Promise.all(
      told.map(({ context: { database, workspaceId } }) =>
        database.read.newestSettings(workspaceId, { fresh: true }),
      ),
    );
    await startAll(told);
    await engine.runDue();
    // Nothing told of these: the sweep finds them.
    await target.until(() => target.received.length === 4 * FAILURES);
    await engine.runDue();
  });
  expect(lost).toEqual([]);
  expect(searched).toEqual(
    expect.arrayContaining(['find deliveries {dueAt: $lte}', 'find responses {outboxEntries.until: $lte}']),
  );
  expect(shapes).toEqual(
    expect.arrayContaining([
      'find workspaces {_id: $in}',
      'aggregate webhook_settings {workspaceId: $in}',
      'find endpoints {_id: $in, expiresAt: $gt}',
      'insert deliveries {workspaceId, _id}',
      'insert attempts {workspaceId, _id}',
      'update deliveries {lease, workspaceId, _id: $in}',
      'update responses {workspaceId, _id: $in}',
      'update delivery_stats {_id}',
    ]),
  );
});

it('what is claimed for several workspaces at once names each: claim, renew, put off, probe, give back', async () => {
  await using world = await deliveryWorld({ on: await testDatabase({ asSharded: true }) });
  await using target = await receiver();
  target.answer = 500;
  const engine = world.engine();
  const invited = await invitedInTwo(world, engine, target.url);
  // The change of settings is looked over first: that is not on a delivery's way.
  await engine.runDue();
  const { shapes, lost, searched } = await statementsOf(world, async () => {
    await startAll(invited);
    await engine.runDue();
    // Their breakers are open now, then each lets one delivery find out, and then all may go.
    world.advance(MINUTE_MS);
    await engine.runDue();
    target.answer = 'never';
    world.advance(10 * MINUTE_MS);
    const hanging = world.engine({ leaseMs: LEASE_MS, stopGraceMs: 0 });
    hanging.start();
    await expect.poll(() => hanging.held()).toBeGreaterThan(0);
    await renewed(world);
    await hanging.stop();
  });
  expect(lost).toEqual([]);
  expect(searched).toEqual(expect.arrayContaining(['find deliveries {dueAt: $lte}']));
  expect(shapes).toEqual(
    expect.arrayContaining([
      'update deliveries {dueAt: $lte, workspaceId, _id: $in}',
      'find deliveries {workspaceId: $in, _id: $in, lease, dueAt}',
      'update deliveries {lease, workspaceId, _id: $in}',
      'update deliveries {workspaceId, endpoint, dueAt: $lte, lease: $ne, trigger: $ne}',
      'insert endpoints {workspaceId, _id}',
      'update endpoints {_id, version}',
    ]),
  );
});

/** Resolves when a worker has kept what it holds for longer. */
function renewed({ services: { database } }: DeliveryWorld): Promise<void> {
  const client = database.workspaces.db.getClient();
  return new Promise((resolve) => {
    const look = ({ command }: { command: Readonly<Record<string, unknown>> }) => {
      const [first] = (command['updates'] ?? []) as { u: { $set?: object } }[]; // as the driver sends it
      if (Object.keys(first?.u.$set ?? {}).join() !== 'dueAt') return;
      client.off('commandStarted', look);
      resolve();
    };
    client.on('commandStarted', look);
  });
}
