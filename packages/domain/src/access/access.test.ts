import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import { allScopes } from '@interview-webhooks/schema';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { DomainError } from '../errors.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { authenticateApiKey } from './authenticate.ts';
import { bootstrapWorkspace } from './bootstrap-workspace.ts';
import { createApiKey } from './create-api-key.ts';
import { listApiKeys } from './list-api-keys.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { authenticateSession, signIn, signOut } from './sessions.ts';

const use = { address: '192.0.2.1', userAgent: 'Browser' };

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('the first start', () => {
  it('makes one workspace and one owner key, however many servers start at once', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => bootstrapWorkspace(world.services)));
    const made = keys.flatMap((key) => key?.apiKey ?? []);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatch(/^iwk_[\w-]{43}$/);
    expect(await world.services.database.workspaces.countDocuments()).toBe(1);
    const owner = await authenticateApiKey(world.services, made[0] ?? '');
    expect(owner.scopes).toEqual(allScopes);
    expect(await bootstrapWorkspace(world.services, 'given-later')).toBeUndefined();
  });
});

describe('an API key', () => {
  let owner: Context;
  beforeEach(async () => {
    owner = await world.newOwner();
  });
  const create = (scopes: Context['scopes'], expires_at?: string) =>
    createApiKey(owner, { name: 'ATS', scopes: [...scopes], expires_at });

  it('is shown once, stored as a hash, and recognised by its prefix', async () => {
    const { api_key, ...created } = await create(['settings:read']);
    const stored = JSON.stringify(await world.services.database.apiKeys.find().lean());
    expect(stored).not.toContain(api_key);
    expect(api_key.startsWith(created.prefix)).toBe(true);
    expect((await listApiKeys(owner, { limit: 10 })).data).toMatchObject([
      created,
      { name: 'Owner', created_by: null },
    ]);
  });

  it('names its workspace and scopes, and notes its use to the minute', async () => {
    const { api_key } = await create(['settings:read', 'settings:read']);
    expect(await authenticateApiKey(owner, api_key)).toMatchObject({
      workspaceId: owner.workspaceId,
      scopes: ['settings:read'],
      actor: { type: 'api_key', name: 'ATS' },
    });
    const lastUsed = async () => (await listApiKeys(owner, { limit: 1 })).data[0]?.last_used_at;
    const first = await lastUsed();
    expect(first).toBe(owner.now().toISOString());
    world.advance(59_000);
    await authenticateApiKey(owner, api_key);
    expect(await lastUsed()).toBe(first);
    world.advance(1_000);
    await authenticateApiKey(owner, api_key);
    expect(await lastUsed()).toBe(owner.now().toISOString());
  });

  it('ends when it is revoked or expires, with the same answer as one that never was', async () => {
    const answerTo = async (key: string) => {
      const error: unknown = await authenticateApiKey(owner, key).catch((error: unknown) => error);
      return error instanceof DomainError ? { code: error.code, message: error.message } : error;
    };
    const unknown = await answerTo('iwk_nope');
    expect(unknown).toMatchObject({ code: 'unauthenticated' });
    const revoked = await create(['settings:read']);
    const { api_key_id } = revoked;
    await revokeApiKey(owner, { api_key_id });
    await revokeApiKey(owner, { api_key_id });
    expect(await answerTo(revoked.api_key)).toEqual(unknown);

    const expiring = await create(['settings:read'], new Date(owner.now().getTime() + 1000).toISOString());
    await authenticateApiKey(owner, expiring.api_key);
    world.advance(1000);
    expect(await answerTo(expiring.api_key)).toEqual(unknown);
  });

  it('is looked up by its hash, so what the search compares tells nothing about how near a guess is', async () => {
    const { api_key } = await create(['settings:read']);
    const nearly = `${api_key.slice(0, -1)}${api_key.endsWith('A') ? 'B' : 'A'}`;
    const sent = await commandsDuring(owner.database, async () => {
      await authenticateApiKey(owner, api_key);
      for (const guess of [nearly, `${api_key}A`]) {
        await expect(authenticateApiKey(owner, guess)).rejects.toMatchObject({ code: 'unauthenticated' });
        await expect(authenticateSession(owner, guess, null)).rejects.toMatchObject({
          code: 'unauthenticated',
        });
      }
    });
    const lookUps = sent.filter((command) => /^find (api_keys|sessions)$/.test(nameOf(command)));
    const asked = lookUps.map(({ command }) => command['filter']);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(asked).toEqual([
      { hash: { $in: [sha256(api_key)] } },
      { hash: { $in: [sha256(nearly)] } },
      { hash: sha256(nearly) },
      { hash: { $in: [sha256(`${api_key}A`)] } },
      { hash: sha256(`${api_key}A`) },
    ]);
  });

  it('cannot make one that may do more, or one that is over already', async () => {
    const limited: Context = { ...owner, scopes: ['keys:manage'] };
    const input = { name: 'x', scopes: ['settings:write' as const], expires_at: '2000-01-01T00:00:00Z' };
    await expect(createApiKey(limited, input)).rejects.toMatchObject({
      faults: [{ path: 'scopes.0' }, { path: 'expires_at' }],
    });
  });

  it('is one of two hundred of its workspace that work, at most', async () => {
    // The owner's is one of them.
    const made = await Promise.allSettled(Array.from({ length: 201 }, () => create(['settings:read'])));
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({ code: 'conflict', message: expect.stringContaining('200') as string });
    const [first] = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await revokeApiKey(owner, { api_key_id: first?.api_key_id ?? '' });
    await create(['settings:read']);
  });

  const signedIn = async (api_key: string) => signIn(owner, await authenticateApiKey(owner, api_key), use);

  it('opens sessions that end with it', async () => {
    const { api_key, api_key_id, prefix } = await create(['settings:read']);
    const { token, session } = await signedIn(api_key);
    expect(session).toMatchObject({
      workspace: { id: owner.workspaceId },
      api_key: { name: 'ATS', prefix },
      local: false,
    });
    expect(JSON.stringify(await owner.database.sessions.find().lean())).not.toContain(token);
    expect((await authenticateSession(owner, token, use)).principal.actor.type).toBe('dashboard');

    const other = await signedIn(api_key);
    await signOut(owner, other.token);
    await expect(authenticateSession(owner, other.token, use)).rejects.toMatchObject({
      code: 'unauthenticated',
    });

    await revokeApiKey(owner, { api_key_id });
    await expect(authenticateSession(owner, token, use)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
