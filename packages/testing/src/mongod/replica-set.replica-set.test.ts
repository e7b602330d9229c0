import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { requireMongod } from './find-mongod.ts';
import type { Mongod } from './mongod.ts';
import { replicaSet, type ReplicaSet } from './replica-set.ts';

let set: ReplicaSet;
beforeAll(async () => {
  set = await replicaSet({ mongod: await requireMongod(), electionTimeoutMs: 1_000 });
});
afterAll(() => set[Symbol.asyncDispose]());

const stateOf = async (member: Mongod) => (await member.admin({ hello: 1 }))['secondary'];

/** Another member than before is the primary, and takes writes for a majority. */
async function expectSuccessor(before: Mongod): Promise<void> {
  const primary = await set.primary();
  expect(primary.port).not.toBe(before.port);
  const client = new MongoClient(set.uri, { writeConcern: { w: 'majority', wtimeoutMS: 30_000 } });
  try {
    await client.db('test').collection('things').insertOne({ after: before.port });
  } finally {
    await client.close();
  }
}

it('has another primary after it was killed, and the killed one comes back with its data', async () => {
  const killed = await set.primary();
  await killed.kill();
  expect(killed.pid()).toBeUndefined();
  await expectSuccessor(killed);
  await killed.start();
  await expect.poll(() => stateOf(killed)).toBe(true);
});

it('has another primary while one is frozen, which is a secondary when it goes on', async () => {
  const frozen = await set.primary();
  frozen.freeze();
  await expectSuccessor(frozen);
  frozen.thaw();
  await expect.poll(() => stateOf(frozen).catch(() => undefined)).toBe(true);
});

it('has another primary after one has stepped down', async () => {
  const before = await set.primary();
  await set.stepDown(60);
  await expectSuccessor(before);
});

it('a set of one is its own primary again after it was killed', async () => {
  await using one = await replicaSet({ mongod: await requireMongod(), size: 1 });
  const [member] = one.members;
  await member?.kill();
  await member?.start();
  expect((await one.primary()).port).toBe(member?.port);
});
