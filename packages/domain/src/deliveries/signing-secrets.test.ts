import { afterAll, beforeAll, expect, it } from 'vitest';
import { testWorld, type TestWorld } from '../testing/test-context.ts';
import { revealSigningSecret, rotateSigningSecret, signingSecrets } from './signing-secrets.ts';

const HOUR_MS = 3_600_000;

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** A workspace that is stored, as secrets are in its document. */
async function newWorkspace() {
  const context = world.newWorkspace();
  await context.database.workspaces.create({ _id: context.workspaceId, name: 'w', createdAt: context.now() });
  return context;
}

it('says when the secret before it stops signing, and it does then', async () => {
  const context = await newWorkspace();
  const { secret: first } = await revealSigningSecret(context);
  const rotated = await rotateSigningSecret(context, { overlap_hours: 24 });
  const at = context.now().getTime();
  expect(rotated.previous_secret_expires_at).toBe(new Date(at + 24 * HOUR_MS).toISOString());
  world.advance(24 * HOUR_MS - 1);
  expect(await signingSecrets(context)).toEqual([rotated.secret, first]);
  world.advance(1);
  expect(await signingSecrets(context)).toEqual([rotated.secret]);

  const atOnce = await rotateSigningSecret(context, { overlap_hours: 0 });
  expect(atOnce.previous_secret_expires_at).toBe(context.now().toISOString());
  expect(await signingSecrets(context)).toEqual([atOnce.secret]);
});

it('lets five sign at most: rotating again ends the oldest', async () => {
  const context = await newWorkspace();
  const made = [(await revealSigningSecret(context)).secret];
  for (let times = 1; times <= 8; times++) {
    made.unshift((await rotateSigningSecret(context, { overlap_hours: 168 })).secret);
    expect(await signingSecrets(context)).toEqual(made.slice(0, 5));
  }
  const stored = await context.database.workspaces.findById(context.workspaceId).orFail().lean();
  expect(stored.signingSecrets).toHaveLength(5);

  const rotations = Array.from({ length: 8 }, () => rotateSigningSecret(context, { overlap_hours: 168 }));
  const secrets = (await Promise.all(rotations)).map(({ secret }) => secret);
  const signing = await signingSecrets(context);
  expect(signing).toHaveLength(5);
  for (const one of signing) expect(secrets).toContain(one);
});

it('lets five sign of more that the version before has stored', async () => {
  const context = await newWorkspace();
  await signingSecrets(context);
  const { workspaceId, database } = context;
  const { signingSecrets: [one] = [] } = await database.workspaces.findById(workspaceId).orFail().lean();
  const older = Array.from({ length: 20 }, () => ({
    ...one,
    expiresAt: new Date(context.now().getTime() + HOUR_MS),
  }));
  await database.workspaces.updateOne({ _id: workspaceId }, { $push: { signingSecrets: { $each: older } } });
  expect(await signingSecrets(context)).toHaveLength(5);
});
