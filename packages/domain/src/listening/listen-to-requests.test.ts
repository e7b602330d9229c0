import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { listSettingsHistory } from '../settings/list-settings-history.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { listenToRequests } from './listen-to-requests.ts';
import { isListenedTo, keepSentRequest } from './sent-requests.ts';

const MINUTE_MS = 60_000;

let world: TestWorld;
let owner: Context;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  owner = await newOwner();
});

async function newOwner(): Promise<Context> {
  const { database, now } = world.services;
  const workspace = await database.workspaces.create({ name: 'w', createdAt: now() });
  return { ...world.newWorkspace(), workspaceId: workspace.id };
}

function send(url: string, { workspaceId } = owner, sentAt = world.services.now()) {
  const contents = { number: 1, trigger: 'event', url, headers: { authorization: 'x' }, body: '{}' } as const;
  return keepSentRequest(world.services, { workspaceId, sentAt, contents });
}

function listen(lastEventId?: string, context = owner) {
  const ends = new AbortController();
  const events = listenToRequests(context, { lastEventId }, ends.signal);
  return {
    next: async () => {
      const { event, position } = (await events.next()).value;
      return { position, url: event.type === 'request' ? event.request.url : event.type };
    },
    end: async () => {
      ends.abort();
      await expect(events.next()).rejects.toThrow('aborted');
    },
  };
}

it('says that it listens, and then gives each request of the workspace once', async () => {
  const stranger = await newOwner();
  const listening = listen();
  expect((await listening.next()).url).toBe('listening');
  await send('https://stranger.example', stranger);
  await send('https://a.example');
  await send('https://b.example');
  expect((await listening.next()).url).toBe('https://a.example');
  expect((await listening.next()).url).toBe('https://b.example');
  world.advance(20);
  await send('https://c.example');
  expect((await listening.next()).url).toBe('https://c.example');
  await listening.end();
});

it('gives a request that was written later than others, and what is written while it is read', async () => {
  const listening = listen();
  await listening.next();
  const early = world.services.now();
  world.advance(2_000);
  await send('https://later.example');
  expect((await listening.next()).url).toBe('https://later.example');
  await send('https://slow-to-write.example', owner, early);
  expect((await listening.next()).url).toBe('https://slow-to-write.example');
  await listening.end();
});

it('gives more than fit into one look', async () => {
  const listening = listen();
  await listening.next();
  const urls = Array.from({ length: 250 }, (_, index) => `https://${index}.example`);
  for (const url of urls) await send(url);
  const given = new Set<string>();
  while (given.size < urls.length) given.add((await listening.next()).url);
  expect([...given].sort()).toEqual(urls.sort());
  await listening.end();
});

it('goes on where it broke off', async () => {
  const first = listen();
  await first.next();
  await send('https://a.example');
  const { position } = await first.next();
  await first.end();
  world.advance(MINUTE_MS);
  expect(await isListenedTo(owner)).toBe(true);
  await send('https://missed.example');
  const second = listen(position);
  expect((await second.next()).url).toBe('listening');
  const urls = [(await second.next()).url, (await second.next()).url];
  // What lay at the very end may come again.
  expect(urls).toEqual(['https://a.example', 'https://missed.example']);
  await second.end();
});

it('gives nothing that is ten minutes old, although it is still stored', async () => {
  const first = listen();
  const { position } = await first.next();
  await first.end();
  await send('https://old.example');
  world.advance(10 * MINUTE_MS);
  await send('https://new.example');
  const { workspaceId, database } = owner;
  expect(await database.sentRequests.countDocuments({ workspaceId })).toBe(2);
  const second = listen(position);
  expect((await second.next()).url).toBe('listening');
  expect((await second.next()).url).toBe('https://new.example');
  await second.end();
});

it('requests are kept while somebody listens, and for five minutes more', async () => {
  expect(await isListenedTo(owner)).toBe(false);
  const listening = listen();
  await listening.next();
  expect(await isListenedTo(owner)).toBe(true);
  expect(await isListenedTo(await newOwner())).toBe(false);
  world.advance(4 * MINUTE_MS);
  // The next look renews it.
  await send('https://a.example');
  await listening.next();
  world.advance(4 * MINUTE_MS);
  expect(await isListenedTo(owner)).toBe(true);
  await listening.end();
  world.advance(MINUTE_MS);
  expect(await isListenedTo(owner)).toBe(false);
});

it('is noted in the history, once an hour for each who does it', async () => {
  const noted = async () => {
    const { data } = await listSettingsHistory(owner, { limit: 100 });
    return data.filter(({ action }) => action === 'listened').map(({ actor }) => actor.id);
  };
  const hear = async (context: Context) => {
    const listening = listen(undefined, context);
    await listening.next();
    await listening.end();
  };
  const one: Context = { ...owner, actor: { type: 'api_key', id: 'one', name: 'One' } };
  const two: Context = { ...owner, actor: { type: 'api_key', id: 'two', name: 'Two' } };
  await hear(one);
  await hear(one);
  await hear(two);
  expect(await noted()).toEqual(['two', 'one']);
  world.advance(60 * MINUTE_MS);
  await hear(one);
  expect(await noted()).toEqual(['one', 'two', 'one']);
});
