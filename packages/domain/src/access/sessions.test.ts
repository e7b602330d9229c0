import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { authenticateApiKey } from './authenticate.ts';
import { createApiKey } from './create-api-key.ts';
import { endSession, listSessions } from './open-sessions.ts';
import { authenticateSession, signIn } from './sessions.ts';

const use = { address: '192.0.2.1', userAgent: 'Browser' };

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a session', () => {
  const MINUTE_MS = 60_000;
  let owner: Context;
  beforeEach(async () => {
    owner = await world.newOwner();
  });
  const key = async () =>
    (await createApiKey(owner, { name: 'ATS', scopes: ['settings:read'], expires_at: undefined })).api_key;
  const signedIn = async (api_key: string) => signIn(owner, await authenticateApiKey(owner, api_key), use);
  const over = { code: 'unauthenticated' };

  it('lasts twelve hours at most, however busy', async () => {
    const { token, session } = await signedIn(await key());
    expect(Date.parse(session.expires_at) - owner.now().getTime()).toBe(12 * 60 * MINUTE_MS);
    for (let at = 0; at < 12 * 60 - 20; at += 20) {
      world.advance(20 * MINUTE_MS);
      await authenticateSession(owner, token, use);
    }
    world.advance(20 * MINUTE_MS - 1);
    await authenticateSession(owner, token, use);
    world.advance(1);
    await expect(authenticateSession(owner, token, use)).rejects.toMatchObject(over);
  });

  it('ends after thirty idle minutes, and a page or a stream that nobody looks at is no use', async () => {
    const { token } = await signedIn(await key());
    world.advance(30 * MINUTE_MS - 1);
    await authenticateSession(owner, token, use);
    world.advance(30 * MINUTE_MS - 1);
    await authenticateSession(owner, token, null);
    world.advance(1);
    for (const how of [use, null]) {
      await expect(authenticateSession(owner, token, how)).rejects.toMatchObject(over);
    }
    expect((await listSessions(owner, { limit: 10 })).data).toEqual([]);
  });

  it('is noted at one write a minute', async () => {
    const { token } = await signedIn(await key());
    const sent = await commandsDuring(owner.database, async () => {
      for (let second = 0; second < 180; second += 20) {
        world.advance(20_000);
        await authenticateSession(owner, token, use);
      }
    });
    expect(sent.filter((command) => nameOf(command) === 'update sessions')).toHaveLength(3);
  });

  it('of the version before goes on, and from its first use on ends idle like any other', async () => {
    const { token } = await signedIn(await key());
    const expiresAt = new Date(owner.now().getTime() + 12 * 60 * MINUTE_MS);
    await owner.database.sessions.updateMany(
      { workspaceId: owner.workspaceId },
      { $set: { expiresAt }, $unset: { lastSeenAt: 1, address: 1, userAgent: 1 } },
    );
    world.advance(60 * MINUTE_MS);
    expect((await listSessions(owner, { limit: 10 })).data).toMatchObject([
      { user_agent: null, address: null },
    ]);
    await authenticateSession(owner, token, use);
    world.advance(30 * MINUTE_MS);
    await expect(authenticateSession(owner, token, use)).rejects.toMatchObject(over);
  });

  it('is listed with where it is used from, and can be ended, which is in the audit trail', async () => {
    const api_key = await key();
    const { principal } = await signedIn(api_key);
    const { token } = await signedIn(api_key);
    world.advance(5 * MINUTE_MS);
    await authenticateSession(owner, token, { address: '198.51.100.7', userAgent: 'x'.repeat(400) });
    const asking = { ...owner, ...principal };
    const { data } = await listSessions(asking, { limit: 10 });
    expect(data).toMatchObject([
      { address: '198.51.100.7', user_agent: 'x'.repeat(300), current: false, api_key: { name: 'ATS' } },
      { address: '192.0.2.1', user_agent: 'Browser', current: true },
    ]);
    expect(JSON.stringify(data)).not.toContain(token);

    const ended = { session_id: data[0]?.session_id ?? '' };
    await expect(endSession(world.newWorkspace(), ended)).rejects.toMatchObject({ code: 'not-found' });
    await endSession(asking, ended);
    await expect(authenticateSession(owner, token, use)).rejects.toMatchObject(over);
    await expect(endSession(asking, ended)).rejects.toMatchObject({ code: 'not-found' });
    await expect(endSession(asking, { session_id: 'x' })).rejects.toMatchObject({ code: 'not-found' });
    const trail = await owner.database.auditEntries
      .find({ workspaceId: owner.workspaceId })
      .sort({ _id: 1 })
      .lean();
    expect(trail.map(({ action }) => action)).toEqual([
      'api-key.created',
      'session.started',
      'session.started',
      'session.revoked',
    ]);
  });

  it('is one of a hundred of its key at most; the refusal says when there is room again', async () => {
    const api_key = await key();
    const principal = await authenticateApiKey(owner, api_key);
    await Promise.all(Array.from({ length: 100 }, () => signIn(owner, principal, use)));
    world.advance(10 * MINUTE_MS);
    const refused = Array.from({ length: 3 }, () =>
      signIn(owner, principal, use).catch((error: unknown) => error),
    );
    for (const error of await Promise.all(refused)) {
      expect(error).toMatchObject({ code: 'rate-limited', retryAfterSeconds: 20 * 60 });
    }
    await signedIn(await key());
    world.advance(20 * MINUTE_MS);
    await signIn(owner, principal, use);
  });
});
