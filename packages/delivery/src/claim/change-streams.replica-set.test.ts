import { type Database, openDatabase, type Timers } from '@interview-webhooks/database';
import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import { receiver, type ReplicaSet, replicaSet, requireMongod } from '@interview-webhooks/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.ts';
import { handTimers } from '../testing/hand-timers.ts';
import { atTheirPace, recording } from '../testing/other-processes.ts';

const MINUTE_MS = 60_000;
/** Longer than any test: what comes all the same does not come of asking. */
const NEVER_MS = 3_600_000;
const asksNever = { pollMs: NEVER_MS, waitingPollMs: NEVER_MS, idlePollMs: NEVER_MS };

async function startSet(size: 1 | 3): Promise<ReplicaSet> {
  return replicaSet({
    mongod: await requireMongod(),
    size,
    // A member that has little of the machine's time is silent for a while, too.
    electionTimeoutMs: 5_000,
    // Tests have a clock of their own, and ask the server to fail.
    args: ['--setParameter', 'ttlMonitorEnabled=false', '--setParameter', 'enableTestCommands=1'],
  });
}

/** As another process would have it. */
async function connected(set: ReplicaSet, name: string, timers?: Timers): Promise<Database> {
  const database = openDatabase(set.uri, { name, monitorCommands: true, ...(timers && { timers }) });
  await database.connect();
  return database;
}

async function worldOn(set: ReplicaSet, timers?: Timers): Promise<DeliveryWorld & { name: string }> {
  const name = `changes-${randomUUID()}`;
  const database = await connected(set, name, timers);
  const on = { database, [Symbol.asyncDispose]: () => database.close() };
  return Object.assign(await deliveryWorld({ on }), { name });
}

describe('on a replica set', () => {
  let set: ReplicaSet;
  beforeAll(async () => {
    set = await startSet(1);
  });
  afterAll(() => set[Symbol.asyncDispose]());

  const command = async (document: object) => (await set.primary()).admin({ ...document });
  /** What the server says of the change streams on a database. */
  const streams = async (name: string) => {
    const operations = { $currentOp: { allUsers: true, idleCursors: true } };
    const { cursor } = await command({ aggregate: 1, pipeline: [operations], cursor: {} });
    // As the server documents it.
    const { firstBatch } = cursor as { firstBatch: { ns?: string; command?: { maxTimeMS?: number } }[] };
    return firstBatch.filter((operation) => {
      const text = JSON.stringify(operation);
      return operation.ns?.startsWith(`${name}.`) && text.includes('$changeStream');
    });
  };
  const untilStreamed = (name: string) => expect.poll(() => streams(name)).toHaveLength(1);

  it('what a process has no room for is sent by another one that never asks', async () => {
    await using world = await worldOn(set);
    await using target = await receiver();
    const elsewhere = await connected(set, world.name);
    const worker = world.engine(asksNever, { database: elsewhere });
    worker.start();
    await untilStreamed(world.name);
    const record = await recording(world, target);
    await record();
    await expect.poll(() => target.received.length).toBe(1);
    await record();
    await expect.poll(() => target.received.length).toBe(2);
    await worker.stop();
    await elsewhere.close();
  });

  it('has one stream for a process, whatever runs in it, and none when that has stopped', async () => {
    await using world = await worldOn(set);
    const engines = [world.engine(), world.engine()];
    for (const engine of engines) engine.start();
    await untilStreamed(world.name);
    for (const engine of engines) await engine.stop();
    // The server looks at its cursors again when there is something new.
    await command({ appendOplogNote: 1, data: {} });
    await expect.poll(() => streams(world.name)).toEqual([]);
  });

  it('begins anew where the history is lost, and looks once for what it has missed', async () => {
    await using world = await worldOn(set);
    await using target = await receiver();
    const elsewhere = await connected(set, world.name);
    const worker = world.engine(asksNever, { database: elsewhere });
    worker.start();
    await untilStreamed(world.name);
    const record = await recording(world, target);
    const lost = { failCommands: ['getMore'], errorCode: 286, namespace: `${world.name}.$cmd.aggregate` };
    await command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data: lost });
    await record();
    await expect.poll(() => target.received.length).toBe(1);
    await record();
    await expect.poll(() => target.received.length).toBe(2);
    expect(await command({ configureFailPoint: 'failCommand', mode: 'off' })).toMatchObject({ count: 1 });
    expect(world.logged).toEqual([]);
    await worker.stop();
    await elsewhere.close();
  });

  it('an idle worker costs fewer than five statements a minute, all kinds counted', async () => {
    const timers = handTimers((ms) => {
      world.advance(ms);
    });
    await using world: DeliveryWorld & { name: string } = await worldOn(set, timers);
    const { database } = world.services;
    world.engine({ ...atTheirPace, timers }).start();
    await untilStreamed(world.name);
    await timers.advance(MINUTE_MS);
    const statements = (await commandsDuring(database, () => timers.advance(20 * MINUTE_MS))).map(nameOf);
    // What it waits with does not end while the test runs: the server says for how long it may.
    const [stream] = await streams(world.name);
    const getMores = (20 * MINUTE_MS) / (stream?.command?.maxTimeMS ?? 1);
    expect(statements).toEqual(expect.arrayContaining(['aggregate deliveries', 'find sessions']));
    expect((statements.length + getMores) / 20).toBeLessThan(5);
  });
});

describe('when the primary is killed', () => {
  it('other processes are woken again by the next one', async () => {
    await using set = await startSet(3);
    await using world = await worldOn(set);
    await using target = await receiver();
    const elsewhere = await connected(set, world.name);
    const worker = world.engine(asksNever, { database: elsewhere });
    worker.start();
    const record = await recording(world, target);
    await record();
    await expect.poll(() => target.received.length).toBe(1);
    const killed = await set.primary();
    await killed.kill();
    await set.primary();
    // What was recorded while nobody reported it is found once somebody does again.
    await expect.poll(() => record().then(Boolean, () => false)).toBe(true);
    await expect.poll(() => target.received.length).toBe(2);
    await record();
    await expect.poll(() => target.received.length).toBe(3);
    await worker.stop();
    await elsewhere.close();
  });
});
