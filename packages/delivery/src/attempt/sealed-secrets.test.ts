import { testDatabase } from '@interview-webhooks/database/testing';
import {
  type Context,
  recordStart,
  revealSigningSecret,
  rotateSigningSecret,
  sendTest,
} from '@interview-webhooks/domain';
import { type Receiver, receiver } from '@interview-webhooks/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  configure,
  type DeliveryWorld,
  deliveryOf,
  deliveryWorld,
  invitation,
} from '../testing/delivery-world.ts';
import type { DeliveryEngine } from '../engine/engine.ts';

let world: DeliveryWorld;
let engine: DeliveryEngine;
let target: Receiver;
beforeAll(async () => {
  // What is put into the database by hand holds at once.
  const on = await testDatabase({ kept: { keptMs: 0 } });
  [world, target] = await Promise.all([deliveryWorld({ on }), receiver()]);
  engine = world.engine();
});
afterAll(() => Promise.all([world, target].map((one) => one[Symbol.asyncDispose]())));

const passwords = { theirs: 'hunter-7f3a9c', mine: 'swordfish-51be02' };
const basic = (password: string) => ({ type: 'basic', basic: { username: 'u', password } });
const unreadable = { code: 'secret-unreadable' };

/** A workspace that sends to `path` with a password of its own. */
async function workspaceAt(path: string, password: string): Promise<Context> {
  const context = await world.workspace(engine);
  const start = { status: true, url: target.url + path };
  await configure(context, { start, auth: basic(password) });
  await revealSigningSecret(context);
  return context;
}

/** Records that somebody started, and says what became of the webhook. */
async function started(context: Context, response_id?: string) {
  const id = response_id ?? (await invitation(context)).response_id;
  await recordStart(context, { response_id: id });
  await engine.runDue();
  return deliveryOf(context, id, 'start');
}

const passwordsAt = (path: string) =>
  target.received
    .filter((one) => one.path === path)
    .map(({ headers }) => Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString());

async function newestAuth({ database, workspaceId }: Context) {
  const newest = await database.webhookSettings
    .findOne({ workspaceId })
    .sort({ revision: -1 })
    .orFail()
    .lean();
  return newest.settings.auth;
}

describe('a sealed secret copied from another workspace', () => {
  it('is never sent, is named in plain words, and is in the way of its own workspace only', async () => {
    const theirs = await workspaceAt('/theirs', passwords.theirs);
    const mine = await workspaceAt('/mine', passwords.mine);
    const { database, workspaceId } = mine;
    const copied = await newestAuth(theirs);
    await database.webhookSettings.updateOne({ workspaceId }, { $set: { 'settings.auth': copied } });

    expect(await started(mine)).toMatchObject({
      state: 'pending',
      attempts: 0,
      last_error: 'internal-error',
    });
    await expect(sendTest(mine, { event: 'start' })).rejects.toMatchObject({
      ...unreadable,
      message:
        'The stored auth.password cannot be opened: it was changed, or sealed for another workspace or field; set it again.',
    });
    expect(passwordsAt('/mine')).toEqual([]);
    expect(world.logged.join()).toContain('The stored auth.password cannot be opened');
    for (const secret of Object.values(passwords)) expect(world.logged.join()).not.toContain(secret);

    expect(await started(theirs)).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(passwordsAt('/theirs')).toEqual([`u:${passwords.theirs}`]);

    // Setting it again is all it takes, also for what waits.
    await configure(mine, { auth: basic(passwords.mine) }, true);
    world.advance(5_000);
    await engine.runDue();
    expect(passwordsAt('/mine')).toEqual([`u:${passwords.mine}`]);
  });

  it('is none for an AI interview of the same workspace that has it as its own', async () => {
    const theirs = await workspaceAt('/theirs-own', passwords.theirs);
    const mine = await workspaceAt('/mine-own', passwords.mine);
    const { ai_interview_id, response_id } = await invitation(mine);
    const value = await newestAuth(theirs);
    const { actor, database } = mine;
    await database.aiInterviews.updateOne(
      { _id: ai_interview_id },
      { $set: { 'own.auth': { value, revision: 1, actor, setAt: world.now() } } },
    );
    expect(await started(mine, response_id)).toMatchObject({ attempts: 0, last_error: 'internal-error' });
    expect(await started(mine)).toMatchObject({ state: 'delivered' });
    expect(passwordsAt('/mine-own')).toEqual([`u:${passwords.mine}`]);
  });

  it('signs nothing, and is replaced by a rotation', async () => {
    const theirs = await workspaceAt('/theirs-signed', passwords.theirs);
    const mine = await workspaceAt('/mine-signed', passwords.mine);
    const { database, workspaceId } = mine;
    const { signingSecrets } = await database.workspaces.findById(theirs.workspaceId).orFail().lean();
    await database.workspaces.updateOne({ _id: workspaceId }, { $set: { signingSecrets } });

    expect(await started(mine)).toMatchObject({ state: 'pending', last_error: 'internal-error' });
    await expect(revealSigningSecret(mine)).rejects.toMatchObject(unreadable);
    expect(passwordsAt('/mine-signed')).toEqual([]);

    const { secret } = await rotateSigningSecret(mine, { overlap_hours: 0 });
    expect(await revealSigningSecret(mine)).toEqual({ secret });
    expect(await started(mine)).toMatchObject({ state: 'delivered' });
  });

  it('does not open as another field of the same workspace', async () => {
    const mine = await workspaceAt('/moved', passwords.mine);
    const auth = await newestAuth(mine);
    const apikey = { type: 'apikey', header: 'X-Key', apikey: auth.type === 'basic' ? auth.password : '' };
    const { database, workspaceId } = mine;
    await database.webhookSettings.updateOne({ workspaceId }, { $set: { 'settings.auth': apikey } });
    await expect(sendTest(mine, { event: 'start' })).rejects.toMatchObject(unreadable);
    expect(await started(mine)).toMatchObject({ attempts: 0, last_error: 'internal-error' });
    expect(passwordsAt('/moved')).toEqual([]);
  });
});
