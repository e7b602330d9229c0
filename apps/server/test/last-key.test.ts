import { type Database, ObjectId, openDatabase } from '@interview-webhooks/database';
import { allScopes, type Scope } from '@interview-webhooks/schema';
import { apiClient, databaseOf, startServer } from '@interview-webhooks/testing';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROUNDS_PER_SCOPE = 2;

/** Two keys that alone hold `scopes`, in a workspace of their own, as the version before stored them. */
async function twoKeys(database: Database, scopes: Scope[]) {
  const workspaceId = new ObjectId();
  await database.workspaces.create({ _id: workspaceId, name: 'w', createdAt: new Date() });
  const add = async () => {
    const [_id, key] = [new ObjectId(), `k_${randomBytes(24).toString('base64url')}`];
    const hash = createHash('sha256').update(key).digest('hex');
    await database.apiKeys.create({
      _id,
      workspaceId,
      name: 'x',
      prefix: 'k_',
      hash,
      scopes,
      createdAt: new Date(),
    });
    return { key, id: _id.toHexString() };
  };
  return { workspaceId, first: await add(), second: await add() };
}

it('of two servers that revoke the last two holders of a scope at once, one does, for every scope', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-last-key-'));
  await raceIn(dataDir);
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
}, 240_000);

async function raceIn(dataDir: string): Promise<void> {
  const env = { BOOTSTRAP_API_KEY: `test_${randomBytes(24).toString('base64url')}` };
  await using one = await startServer({ dataDir, env });
  await using two = await startServer({ dataDir, env });
  const { uri, name } = await databaseOf(dataDir);
  const database = openDatabase(uri, { name });
  await database.connect();
  for (const scope of Array.from({ length: ROUNDS_PER_SCOPE }, () => allScopes).flat()) {
    const { workspaceId, first, second } = await twoKeys(database, ['keys:manage', scope]);
    const revoke = (url: string, { key, id }: { key: string; id: string }) =>
      apiClient(url, key).call('POST', '/trpc/apiKeys.revoke', { body: { api_key_id: id } });
    // Each ends itself, so neither is refused because its key has just ended.
    const answers = await Promise.all([revoke(one.url, first), revoke(two.url, second)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await database.apiKeys.countDocuments({ workspaceId, revokedAt: null })).toBe(1);
  }
  await database.close();
}
