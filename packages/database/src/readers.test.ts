import { neverConfigured } from '@interview-webhooks/schema';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { isDuplicateKey } from './errors.ts';
import type { KeptOptions } from './kept.ts';
import { ObjectId } from './object-id.ts';
import { commandsDuring, nameOf, type TestDatabase, testDatabase } from './testing/test-database.ts';

let databases: TestDatabase;
let one: Database;
let two: Database;
beforeAll(async () => {
  // However long something is kept, a change by another process ends it.
  databases = await testDatabase({ kept: { keptMs: Infinity } });
  one = databases.database;
  two = await databases.otherProcess();
});
afterAll(() => databases[Symbol.asyncDispose]());

async function newWorkspace(): Promise<string> {
  const { id } = await one.workspaces.create({ name: 'w', createdAt: new Date() });
  return id;
}

function revisionOf(workspaceId: string, revision: number) {
  const start = { status: true, url: `https://example.com/${revision}` };
  return {
    workspaceId: new ObjectId(workspaceId),
    revision,
    settings: { ...neverConfigured, start },
    appliedToAll: { start: 0, submission: 0, auth: 0 },
    action: 'updated' as const,
    actor: { type: 'system' as const, id: null, name: 'Test' },
    createdAt: new Date(),
  };
}

const newest = async ({ read }: Database, workspaceId: string) =>
  (await read.newestSettings(workspaceId))?.revision ?? 0;

async function statementsOf(database: Database, work: () => Promise<unknown>): Promise<string[]> {
  const sent = await commandsDuring(database, work);
  // Besides those that ask how a server is and what time it has.
  return sent.map(nameOf).filter((name) => !name.endsWith(' 1'));
}

it('asks the primary, whatever the address says: another member may be behind', async () => {
  const database = openDatabase(`${databases.uri}&readPreference=secondaryPreferred`);
  await database.connect();
  const { mode } = database.workspaces.db.getClient().options.readPreference;
  await database.close();
  expect(mode).toBe('primary');
});

it('what has not changed is answered by one look at the workspace, for everybody who asks together', async () => {
  const workspaceId = await newWorkspace();
  await one.webhookSettings.create(revisionOf(workspaceId, 1));
  const interview = await one.aiInterviews.create({
    workspaceId,
    name: 'Backend',
    search: [],
    revision: 1,
    createdAt: new Date(),
  });
  const all = () =>
    Promise.all(
      Array.from({ length: 50 }, async () => [
        (await one.read.workspace(workspaceId))?.name,
        await newest(one, workspaceId),
        (await one.read.aiInterview(workspaceId, interview.id))?.name,
      ]),
    );
  await all();
  await all();
  const since = performance.now();
  const asked = { since };
  const statements = await statementsOf(one, async () => {
    await one.read.workspace(workspaceId, asked);
    expect((await one.read.newestSettings(workspaceId, asked))?.revision).toBe(1);
    expect((await one.read.aiInterview(workspaceId, interview.id, asked))?.name).toBe('Backend');
  });
  expect(statements).toEqual(['find workspaces']);
  const together = await statementsOf(one, all);
  expect(together).toEqual(['find workspaces', 'find workspaces', 'find workspaces']);
});

it('what an earlier version has stored, which names no revision in its workspace, is found and named', async () => {
  const workspaceId = await newWorkspace();
  for (const revision of [1, 2, 3]) await one.webhookSettings.create(revisionOf(workspaceId, revision));
  const together = await Promise.all(Array.from({ length: 20 }, () => newest(one, workspaceId)));
  expect(new Set(together)).toEqual(new Set([3]));
  expect(await one.workspaces.findById(workspaceId).lean()).toMatchObject({ settingsRevision: 3 });
});

it('a revision whose writer died before it said so: once it was told to anybody, it is told to everybody', async () => {
  const workspaceId = await newWorkspace();
  await one.webhookSettings.create(revisionOf(workspaceId, 1));
  expect(await newest(one, workspaceId)).toBe(1);
  await two.webhookSettings.create(revisionOf(workspaceId, 2));
  // Nobody was told that it is done.
  expect(await newest(one, workspaceId)).toBe(1);
  expect(await newest(two, workspaceId)).toBe(2);
  expect(await newest(one, workspaceId)).toBe(2);
});

it('what nobody announces is found after the time that anything is kept at most', async () => {
  const kept: KeptOptions = { keptMs: 50 };
  await using short = await testDatabase({ kept });
  const { database } = short;
  const { id } = await database.workspaces.create({ name: 'w', createdAt: new Date() });
  const workspaceId = id;
  await database.webhookSettings.create(revisionOf(workspaceId, 1));
  expect(await newest(database, workspaceId)).toBe(1);
  // By an earlier version that runs beside this one.
  await database.webhookSettings.create(revisionOf(workspaceId, 2));
  await expect.poll(() => newest(database, workspaceId)).toBe(2);
});

it('with writers in both processes, nobody is told of what was replaced before he asked', async () => {
  const workspaceId = await newWorkspace();
  let acknowledged = 0;
  const writers = [one, two, one, two].map(async (database) => {
    for (let made = 0; made < 12;) {
      const revision = (await newest(database, workspaceId)) + 1;
      try {
        await database.webhookSettings.create(revisionOf(workspaceId, revision));
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // The other's may not be announced yet.
        await database.read.newestSettings(workspaceId, { fresh: true });
        continue;
      }
      await database.announce.settings(workspaceId, revision);
      acknowledged = Math.max(acknowledged, revision);
      made++;
    }
  });
  let isOver = false;
  /** The newest that anybody was told of: from then on nobody is told of an older one. */
  let told = 0;
  const stale: string[] = [];
  const readers = [one, two, one, two].map(async (database, index) => {
    while (!isOver) {
      const [since, atLeast] = [performance.now(), Math.max(acknowledged, told)];
      const asked = index < 2 ? {} : { since };
      const found = (await database.read.newestSettings(workspaceId, asked))?.revision ?? 0;
      if (found < atLeast) stale.push(`${found} after ${atLeast}`);
      told = Math.max(told, found);
    }
  });
  await Promise.all(writers);
  isOver = true;
  await Promise.all(readers);
  expect(stale).toEqual([]);
  expect(acknowledged).toBe(48);
});

it('the same for AI interviews', async () => {
  const workspaceId = await newWorkspace();
  const make = { workspaceId, name: 'Backend', search: [], revision: 0, createdAt: new Date() };
  const { id } = await one.aiInterviews.create(make);
  const interviewId = id;
  let acknowledged = 0;
  let isOver = false;
  const stale: string[] = [];
  const versionIn = async (database: Database) =>
    (await database.read.aiInterview(workspaceId, interviewId))?.settingsVersion ?? -1;
  const writers = [one, two].map(async (database) => {
    for (let made = 0; made < 40; made++) {
      const changed = await database.aiInterviews.findOneAndUpdate(
        { _id: interviewId, workspaceId },
        { $inc: { settingsVersion: 1 } },
        { returnDocument: 'after' },
      );
      await database.announce.aiInterviews([workspaceId]);
      acknowledged = Math.max(acknowledged, changed?.settingsVersion ?? 0);
    }
  });
  const readers = [one, two, two].map(async (database) => {
    while (!isOver) {
      const atLeast = acknowledged;
      const found = await versionIn(database);
      if (found < atLeast) stale.push(`${found} after ${atLeast}`);
    }
  });
  await Promise.all(writers);
  isOver = true;
  await Promise.all(readers);
  expect(stale).toEqual([]);
  expect([await versionIn(one), await versionIn(two)]).toEqual([80, 80]);
});

it('a response that was read ahead is given once, and only to a call that came before it was read', async () => {
  const workspaceId = await newWorkspace();
  const [_id, hash] = [new ObjectId(), new ObjectId().toHexString()];
  const key = { workspaceId, name: 'k', prefix: 'k', hash, scopes: [], createdAt: new Date() };
  await one.apiKeys.create(key);
  await one.responses.create({
    _id,
    workspaceId,
    interviewId: new ObjectId(),
    candidate: { id: new ObjectId(), name: 'Ada', email: 'ada@example.com' },
    search: [],
    status: 'Invited',
    invitedAt: new Date(),
  });
  const id = _id.toHexString();
  const find = (asked = {}) => one.read.response(workspaceId, id, asked);
  // Nobody knows yet whose key that is.
  const unknown = await statementsOf(one, async () => {
    one.read.expectResponse(hash, id);
    await one.read.apiKeyByHash(hash);
  });
  expect(unknown).toEqual(['find api_keys']);
  const since = performance.now();
  const statements = await statementsOf(one, async () => {
    one.read.expectResponse(hash, id);
    expect((await find({ since }))?.status).toBe('Invited');
  });
  expect(statements).toEqual(['find responses']);
  const again = await statementsOf(one, async () => {
    one.read.expectResponse(hash, id);
    expect((await find({ since: performance.now() + 1 }))?.status).toBe('Invited');
    expect((await find())?.status).toBe('Invited');
  });
  // Too early for the one, which goes along with the next; and nothing is left for the other.
  expect(again).toEqual(['find responses', 'find responses']);
});
