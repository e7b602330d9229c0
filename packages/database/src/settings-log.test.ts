import { neverConfigured } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { ObjectId } from './object-id.ts';
import type { NewRevision } from './settings-log.ts';
import { commandsDuring, isJournaled, nameOf, testDatabase } from './testing/test-database.ts';

function revisionOf(workspaceId: string, revision: number, name: string): NewRevision {
  return {
    workspaceId,
    revision,
    settings: neverConfigured,
    appliedToAll: { start: 0, submission: 0, auth: 0 },
    action: 'updated',
    reason: null,
    restoredFrom: null,
    actor: { type: 'system', id: null, name },
    createdAt: new Date(),
  };
}

for (const asOlder of [false, true]) {
  const server = asOlder ? 'before MongoDB 8' : 'as it is';

  it(`appends revisions and names the newest of them, up to one that another writer has made: a server ${server}`, async () => {
    await using databases = await testDatabase({ asOlder });
    const { database } = databases;
    const { id: workspaceId } = await database.workspaces.create({ name: 'w', createdAt: new Date() });
    const append = (name: string, ...revisions: number[]) =>
      database.appendSettings(revisions.map((revision) => revisionOf(workspaceId, revision, name)));
    const named = async () => (await database.workspaces.findById(workspaceId).lean())?.settingsRevision;
    expect(await append('first')).toBe(0);
    expect(await append('first', 1, 2)).toBe(2);
    expect(await named()).toBe(2);
    expect(await append('second', 2, 3)).toBe(0);
    expect(await named()).toBe(2);
    await database.webhookSettings.create(revisionOf(workspaceId, 5, 'elsewhere'));
    expect(await append('second', 3, 4, 5, 6)).toBe(2);
    expect(await named()).toBe(4);
    const stored = await database.webhookSettings.find({ workspaceId }).sort({ revision: 1 }).lean();
    expect(stored.map(({ revision, actor }) => `${revision} ${actor.name}`)).toEqual([
      '1 first',
      '2 first',
      '3 second',
      '4 second',
      '5 elsewhere',
    ]);
    expect(stored[0]?.workspaceId).toBeInstanceOf(ObjectId);
  });

  it(`refuses what the schema does not allow, and stores nothing: a server ${server}`, async () => {
    await using databases = await testDatabase({ asOlder });
    const { database } = databases;
    const workspaceId = new ObjectId().toHexString();
    const undated = { ...revisionOf(workspaceId, 1, 'x'), createdAt: undefined as never }; // not by its type either
    await expect(database.appendSettings([undated])).rejects.toThrow('createdAt');
    expect(await database.webhookSettings.countDocuments({ workspaceId })).toBe(0);
  });

  it(`is in the journal, with what names it, when it is acknowledged: a server ${server}`, async () => {
    await using databases = await testDatabase({ asOlder });
    const { database } = databases;
    const { id: workspaceId } = await database.workspaces.create({ name: 'w', createdAt: new Date() });
    const sent = await commandsDuring(database, () =>
      database.appendSettings([revisionOf(workspaceId, 1, 'x')]),
    );
    const writes = sent.filter(({ commandName }) => /^(bulkWrite|insert|update)$/.test(commandName));
    expect(writes.every(isJournaled)).toBe(true);
    const two = ['insert webhook_settings', 'update workspaces'];
    expect([['bulkWrite 1'], two]).toContainEqual(writes.map(nameOf));
    if (asOlder) expect(writes.map(nameOf)).toEqual(two);
  });
}
