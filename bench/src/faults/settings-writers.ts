import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import type { Ways } from './callers.ts';
import { randomOf } from './random.ts';

const WRITERS = 4;
const MAX_PAUSE_MS = 400;
const PATIENCE_MS = 8_000;
/** Every so often a change is for all AI interviews. */
const FOR_ALL_EVERY = 5;

/**
 * Changes the workspace's settings from several sides at once: each change is known by its user name.
 *
 * @param until a moment, or what says that it is over
 * @returns the user names whose change was acknowledged
 */
export async function writeSettings(
  ways: Ways,
  seed: number,
  until: number | AbortSignal,
): Promise<Set<string>> {
  const isOver = () => (typeof until === 'number' ? monotonicMs() >= until : until.aborted);
  const acknowledged = new Set<string>();
  const write = async (writer: number) => {
    for (let change = 0; !isOver(); change++) {
      const username = `writer-${writer}-${change}`;
      const auth = { type: 'basic' as const, basic: { username, password: 'secret' } };
      const update = { webhooks: { auth }, updateAll: change % FOR_ALL_EVERY === 0 };
      const isStored = await (writer % 2 === 0 ? viaClient : viaRest)(ways, update).catch(() => false);
      if (isStored) acknowledged.add(username);
      await pause(MAX_PAUSE_MS * randomOf(seed, username));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return acknowledged;
}

interface Update {
  webhooks: { auth: { type: 'basic'; basic: { username: string; password: string } } };
  updateAll: boolean;
}

async function viaClient({ client }: Ways, update: Update): Promise<boolean> {
  await client.settings.updateWebhookSettings.mutate(update);
  return true;
}

async function viaRest({ api }: Ways, update: Update): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const { status } = await api.call('POST', '/ai-interviews/settings/webhooks', { body: update, signal });
  return status < 300;
}
