import { WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { currentRevision } from '../settings/revisions.ts';
import { updateWebhookSettings } from '../settings/update-webhook-settings.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';

let world: TestWorld;
let context: Context;
beforeAll(async () => {
  // Every name leads to a public address: what is refused is refused for what it says itself.
  world = await testWorld();
  context = world.newWorkspace();
});
afterAll(() => world[Symbol.asyncDispose]());

function targetsIn(file: string): string[] {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('"')).map((line) => String(JSON.parse(line)));
}

/** What becomes of `url` on its way into the settings: the field that is at fault, or null. */
async function faultAt(url: string): Promise<string | null> {
  const update = WebhookSettingsUpdate.safeParse({ webhooks: { start: { status: true, url } } });
  if (!update.success) return update.error.issues[0]?.path.join('.') ?? '';
  try {
    await updateWebhookSettings(context, update.data);
    return null;
  } catch (error) {
    return (error as { faults: { path: string }[] }).faults[0]?.path ?? ''; // an InvalidInputError, or this throws
  }
}

it('no spelling of a forbidden target is ever stored, and the field is named', async () => {
  const targets = targetsIn('forbidden-targets.txt');
  expect(targets.length).toBeGreaterThan(300);
  const stored: string[] = [];
  for (const url of targets) if ((await faultAt(url)) !== 'webhooks.start.url') stored.push(url);
  expect(stored).toEqual([]);
  expect((await currentRevision(context)).revision).toBe(0);
});

it('what is public is stored, however near it lies', async () => {
  const targets = targetsIn('allowed-targets.txt');
  expect(targets.length).toBeGreaterThanOrEqual(50);
  const refused: string[] = [];
  for (const url of targets) if ((await faultAt(url)) !== null) refused.push(url);
  expect(refused).toEqual([]);
});
