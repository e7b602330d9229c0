import { type Database, ObjectId, openDatabase, type ResponseDocument } from '@interview-webhooks/database';
import { neverConfigured } from '@interview-webhooks/schema';
import { findMongod, replicaSet, type ReplicaSet } from '@interview-webhooks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** As a write that its caller gets no answer to: it is on the primary, and perhaps on no other member. */
const alone = { writeConcern: { w: 1 } } as const;

let set: ReplicaSet;
let database: Database;
beforeAll(async () => {
  const mongod = await findMongod();
  if (typeof mongod !== 'string') throw new Error(mongod.tried.join('\n'));
  set = await replicaSet({ mongod });
  database = openDatabase(set.uri, { name: 'rollback' });
  await database.connect();
});
afterAll(async () => {
  await database.close();
  await set[Symbol.asyncDispose]();
});

/** Leaves the primary alone. Members that are only frozen would find what it has sent them when they go on. */
async function isolated() {
  const primary = await set.primary();
  const others = set.members.filter((member) => member !== primary);
  await Promise.all(others.map((member) => member.kill()));
  return { primary, startOthers: () => Promise.all(others.map((member) => member.start())) };
}

const workspaceId = new ObjectId();
const response = {
  _id: new ObjectId(),
  workspaceId,
  status: 'Invited',
} as ResponseDocument; // all that is read here

it('what webhooks are made of is read as the majority has it, also when the primary has something else alone; a revoked key opens nothing', async () => {
  const { apiKeys, workspaces, responses, webhookSettings } = database.direct;
  await workspaces.insertOne({ _id: workspaceId, name: 'before', createdAt: new Date() });
  await responses.insertOne(response);
  const asRead = async () => ({
    workspace: (await database.read.workspace(workspaceId.toHexString()))?.name,
    status: (await database.read.response(workspaceId.toHexString(), response._id.toHexString()))?.status,
    settings: await database.read.newestSettings(workspaceId.toHexString()),
    swept: await database.committed((options) =>
      database.responses
        .find({ 'outboxEntries.until': { $exists: true } })
        .setOptions(options)
        .lean(),
    ),
  });
  const before = { workspace: 'before', status: 'Invited', settings: null, swept: [] };
  expect(await asRead()).toEqual(before);
  const hash = new ObjectId().toHexString();
  await apiKeys.insertOne({ _id: new ObjectId(), workspaceId, hash, revokedAt: null } as never); // no more is read
  const isRevoked = async () => (await database.read.apiKeyByHash(hash))?.revokedAt !== null;
  // Until it is kept.
  for (let asked = 0; asked < 3; asked++) expect(await isRevoked()).toBe(false);

  const { primary, startOthers } = await isolated();
  try {
    await workspaces.updateOne({ _id: workspaceId }, { $set: { name: 'vanishes', keyDecisions: 1 } }, alone);
    await apiKeys.updateOne({ hash }, { $set: { revokedAt: new Date() } }, alone);
    expect(await isRevoked()).toBe(true);
    const entry = { event: 'ai_interview.start', by: 'a process', until: new Date() } as const;
    const started: Partial<ResponseDocument> = { status: 'Started', outboxEntries: [entry] };
    await responses.updateOne({ _id: response._id }, { $set: started }, alone);
    const revision = {
      revision: 1,
      settings: neverConfigured,
      appliedToAll: { start: 1, submission: 1, auth: 1 },
    };
    await webhookSettings.insertOne({ _id: new ObjectId(), workspaceId, ...revision } as never, alone); // no more is read
    // The primary has it.
    expect(await responses.countDocuments({ 'outboxEntries.until': { $exists: true } })).toBe(1);
    expect(await asRead()).toEqual(before);
  } finally {
    await primary.kill();
    await startOthers();
  }
  await set.primary();
  await expect.poll(() => asRead().catch(() => undefined)).toEqual(before);
  expect(await isRevoked()).toBe(false);
  await primary.start();
});

it('what was acknowledged is read right after another member has become the primary', async () => {
  for (let round = 1; round <= 3; round++) {
    await expect.poll(() => workspaceNamed(`round ${round}`).catch(() => undefined)).toBe(`round ${round}`);
    const primary = await set.primary();
    await primary.kill();
    // Until somebody answers; and the first answer is right.
    for (;;) {
      const found = await database.read.workspace(workspaceId.toHexString()).catch(() => undefined);
      if (!found) continue;
      expect(found.name).toBe(`round ${round}`);
      break;
    }
    await primary.start();
  }
});

async function workspaceNamed(name: string): Promise<string | undefined> {
  await database.direct.workspaces.updateOne({ _id: workspaceId }, { $set: { name } });
  return (await database.read.workspace(workspaceId.toHexString()))?.name;
}
