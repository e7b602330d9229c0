import { ObjectId } from '@interview-webhooks/database';
import type { CreatedApiKey, Scope } from '@interview-webhooks/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/list-audit.ts';
import type { Context } from '../context.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { authenticateApiKey } from './authenticate.ts';
import { createApiKey } from './create-api-key.ts';
import { carryOutAll, decideRevocation, settledBasis } from './key-revocation.ts';
import { listApiKeys, listCreatedKeys } from './list-api-keys.ts';
import { recoverOwnerKey } from './recover-owner-key.ts';
import { revokeApiKey } from './revoke-api-key.ts';

let world: TestWorld;
let owner: Context;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  owner = await world.newOwner();
});

const create = (by: Context, scopes: readonly Scope[], more: { name?: string; expires_at?: string } = {}) =>
  createApiKey(by, { name: 'x', scopes: [...scopes], ...more });
const as = async ({ api_key }: { api_key: string }): Promise<Context> => ({
  ...owner,
  ...(await authenticateApiKey(owner, api_key)),
});
const revoke = (by: Context, key: { api_key_id: string }, include_created = false) =>
  revokeApiKey(by, { api_key_id: key.api_key_id, include_created });
const ownKey = ({ apiKeyId }: Context) => ({ api_key_id: apiKeyId });
const revocations = async () =>
  (await listAudit(owner, { limit: 100, action: 'api-key.revoked' })).data.map(({ target }) => target.id);
const inDays = (days: number) => new Date(owner.now().getTime() + days * 86_400_000).toISOString();
const works = (key: CreatedApiKey) =>
  authenticateApiKey(owner, key.api_key).then(
    () => true,
    () => false,
  );

describe('the last key', () => {
  it('stays, also where another one manages keys until it expires', async () => {
    await create(owner, owner.scopes, { expires_at: inDays(1) });
    await expect(revoke(owner, ownKey(owner))).rejects.toMatchObject({
      code: 'conflict',
      message: 'This is the last key that can manage keys and does not expire; create another one first.',
    });
    await create(owner, owner.scopes);
    expect((await revoke(owner, ownKey(owner))).revoked_at).not.toBeNull();
  });

  it('that can hand on a scope stays, and says which', async () => {
    await create(owner, ['keys:manage', 'settings:read']);
    await create(owner, ['settings:write']);
    const most = owner.scopes.filter((scope) => scope !== 'settings:write');
    await create(owner, most);
    await expect(revoke(owner, ownKey(owner))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('can hand on settings:write and does not expire') as string,
    });
    await create(owner, ['keys:manage', 'settings:write']);
    await revoke(owner, ownKey(owner));
  });

  it('stays when many end at once, and then all of them do', async () => {
    const manager = await create(owner, owner.scopes);
    const second = await create(await as(manager), owner.scopes);
    await expect(revoke(owner, ownKey(owner), true)).rejects.toMatchObject({ code: 'conflict' });
    expect(await works(manager)).toBe(true);
    expect(await works(second)).toBe(true);
    expect(await revocations()).toEqual([]);
  });
});

describe('a key that may do more', () => {
  it('is not for one that manages keys alone to revoke', async () => {
    const manager = await as(await create(owner, ['keys:manage']));
    await create(owner, owner.scopes);
    const reader = await create(owner, ['settings:read']);
    for (const key of [ownKey(owner), reader]) {
      await expect(revoke(manager, key)).rejects.toMatchObject({ code: 'missing-scope' });
    }
    expect((await revoke(manager, ownKey(manager))).revoked_at).not.toBeNull();
  });
});

describe('what a key created', () => {
  it('ends with it where that is asked for, and what came from that, too; each is in the trail', async () => {
    const leaked = await create(owner, ['keys:manage', 'settings:read'], { name: 'Leaked' });
    const child = await create(await as(leaked), ['keys:manage', 'settings:read'], { name: 'Child' });
    const over = await create(await as(leaked), ['settings:read']);
    const grandchild = await create(await as(child), ['settings:read'], { name: 'Grandchild' });
    const other = await create(owner, ['settings:read']);
    await revoke(owner, over);
    expect((await listCreatedKeys(owner, leaked)).data.map(({ name }) => name)).toEqual([
      'Child',
      'Grandchild',
    ]);

    const revoked = await revoke(owner, leaked, true);
    expect(revoked).toMatchObject({
      name: 'Leaked',
      also_revoked: [{ name: 'Child' }, { name: 'Grandchild' }],
    });
    for (const key of [leaked, child, grandchild]) expect(await works(key)).toBe(false);
    expect(await works(other)).toBe(true);
    const ended = [over, leaked, child, grandchild].map(({ api_key_id }) => api_key_id);
    expect((await revocations()).toSorted()).toEqual(ended.toSorted());
    expect(await revoke(owner, leaked, true)).toMatchObject({ also_revoked: [] });
  });

  it('stays otherwise, and can be ended afterwards', async () => {
    const leaked = await create(owner, ['keys:manage', 'settings:read']);
    const child = await create(await as(leaked), ['settings:read']);
    expect(await revoke(owner, leaked)).toMatchObject({ also_revoked: [] });
    expect(await works(child)).toBe(true);
    expect((await revoke(owner, leaked, true)).also_revoked).toMatchObject([
      { api_key_id: child.api_key_id },
    ]);
  });

  it('ends with it also if it is created meanwhile', async () => {
    const leaked = await create(owner, ['keys:manage', 'settings:read']);
    const attacker = await as(leaked);
    // Authenticated before, stored after it was decided; and a server that died in between.
    const _id = new ObjectId();
    const apiKeyId = new ObjectId(leaked.api_key_id);
    await decideRevocation(owner, await settledBasis(owner), { apiKeyId, includeCreated: true });
    await owner.database.apiKeys.create({
      _id,
      workspaceId: owner.workspaceId,
      name: 'Late',
      prefix: 'iwk_late',
      hash: _id.toHexString(),
      scopes: ['settings:read'],
      createdBy: attacker.actor,
      createdAt: owner.now(),
    });
    await expect(create(attacker, ['settings:read'])).rejects.toMatchObject({ code: 'unauthenticated' });
    const listed = (await listApiKeys(owner, { limit: 10 })).data;
    expect(listed.filter(({ revoked_at }) => revoked_at === null)).toMatchObject([{ name: 'Owner' }]);
  });

  it('says who created it', async () => {
    const created = await create(owner, ['settings:read']);
    expect(created.created_by).toEqual({ type: 'api_key', id: owner.apiKeyId, name: 'Owner' });
  });
});

describe('of two servers', () => {
  it('that decide on the same basis one decides, and the other looks again', async () => {
    const key = await create(owner, ['settings:read']);
    const ending = { apiKeyId: new ObjectId(key.api_key_id), includeCreated: false };
    const basis = await settledBasis(owner);
    const both = await Promise.all([1, 2].map(() => decideRevocation(owner, basis, ending)));
    expect(both.filter((decision) => decision !== undefined)).toHaveLength(1);
    // Also where the other one has been carried out in between.
    await settledBasis(owner);
    expect(await decideRevocation(owner, basis, ending)).toBeUndefined();
  });

  it('one that dies after deciding leaves neither a key that lives on nor a workspace without one', async () => {
    const second = await create(owner, owner.scopes);
    const ending = { apiKeyId: new ObjectId(owner.apiKeyId), includeCreated: false };
    await decideRevocation(owner, await settledBasis(owner), ending);
    await expect(revoke(await as(second), second)).rejects.toMatchObject({ code: 'conflict' });
    const listed = (await listApiKeys(owner, { limit: 10 })).data;
    expect(listed.map(({ revoked_at }) => revoked_at !== null)).toEqual([false, true]);
    expect(await revocations()).toEqual([owner.apiKeyId]);
  });

  it('what one died over is done at the start of another, and noted once', async () => {
    const key = await create(owner, ['settings:read']);
    const ending = { apiKeyId: new ObjectId(key.api_key_id), includeCreated: false };
    await decideRevocation(owner, await settledBasis(owner), ending);
    await Promise.all([carryOutAll(owner), carryOutAll(owner)]);
    expect(await works(key)).toBe(false);
    expect(await revocations()).toEqual([key.api_key_id]);
  });
});

describe('a key never expires after its creator', () => {
  const refused = {
    faults: [
      { path: 'expires_at', message: expect.stringMatching(/^must be given and not be after 20/) as string },
    ],
  };

  it('so one that expires creates none that does not, or later', async () => {
    const expiring = await as(await create(owner, ['keys:manage'], { expires_at: inDays(2) }));
    await expect(create(expiring, ['keys:manage'])).rejects.toMatchObject(refused);
    await expect(create(expiring, ['keys:manage'], { expires_at: inDays(3) })).rejects.toMatchObject(refused);
    const created = await create(expiring, ['keys:manage'], { expires_at: inDays(2) });
    expect(created.expires_at).toBe(inDays(2));
    await expect(create(await as(created), ['keys:manage'])).rejects.toMatchObject(refused);
  });
});

describe('recovering', () => {
  it('makes an owner key where everybody has lost theirs, and is in the trail', async () => {
    const recovered = await recoverOwnerKey(world.services, owner.workspaceId);
    const principal = await authenticateApiKey(owner, recovered?.api_key ?? '');
    expect(principal).toMatchObject({ workspaceId: owner.workspaceId, scopes: owner.scopes });
    expect((await listAudit(owner, { limit: 1 })).data).toMatchObject([
      {
        action: 'api-key.recovered',
        actor: { type: 'system', name: 'Operator' },
        target: { type: 'api_key', id: recovered?.api_key_id },
      },
    ]);
    await revoke({ ...owner, ...principal }, ownKey(owner));
    expect(await recoverOwnerKey(world.services, new ObjectId().toHexString())).toBeUndefined();
  });
});
