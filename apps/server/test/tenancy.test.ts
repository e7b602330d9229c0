import { appRouter } from '@interview-webhooks/api';
import type { Answer } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { restRoutes } from '../src/http/rest-routes.ts';
import { subscribe } from './support/subscription.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
let mine: { key: string };
let other: { key: string };
/** Ids and words that only the other workspace may ever see. */
let theirs: Record<
  'ai_interview_id' | 'api_key_id' | 'response_id' | 'delivery_id' | 'redelivery_id',
  string
>;
/** The router's procedures under their full names, as it keeps them at run time. */
const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: string; meta?: { scope?: string } } }
>;
const marker = 'belongs-to-the-other';

beforeAll(async () => {
  server = await testServer();
  mine = await server.newWorkspace();
  other = await server.newWorkspace();
  const { ai_interview_id } = (await trpc(other.key, 'interviews.create', { ai_interview_name: marker }))
    .data as { ai_interview_id: string };
  const { api_key_id } = (
    await trpc(other.key, 'apiKeys.create', { name: marker, scopes: ['settings:read'] })
  ).data as { api_key_id: string };
  const { response_id } = (await trpc(other.key, 'responses.invite', invitation(ai_interview_id, marker)))
    .data as {
    response_id: string;
  };
  // Its webhook is off, so it comes to rest at once.
  await trpc(other.key, 'responses.start', { response_id });
  const delivery_id = `evt_${response_id}_start`;
  while ((await trpc(other.key, 'deliveries.get', { delivery_id })).status === 404) await pause(20);
  const { redelivery_id } = (await trpc(other.key, 'redeliveries.create', { state: 'failed' })).data as {
    redelivery_id: string;
  };
  await vi.waitFor(
    async () => {
      const { data } = await trpc(other.key, 'redeliveries.get', { redelivery_id });
      expect(data).toMatchObject({ state: 'completed' });
    },
    { timeout: 10_000 },
  );
  theirs = { ai_interview_id, api_key_id, response_id, delivery_id, redelivery_id };
  await trpc(other.key, 'settings.updateWebhookSettings', update(`https://example.com/${marker}`));
});
afterAll(() => server[Symbol.asyncDispose]());

const invitation = (ai_interview_id: string, custom_field_id?: string) => ({
  ai_interview_id,
  candidate_name: marker,
  candidate_email: `${marker}@example.com`,
  custom_field_id,
});
const update = (url: string) => ({ webhooks: { start: { status: true, url } }, updateAll: true });

type Called = Pick<Answer, 'status' | 'text'> & { data: unknown };

async function trpc(key: string, procedure: string, input: unknown): Promise<Called> {
  const type = procedures[procedure]?._def.type;
  if (type === 'subscription') return firstEvent(key, procedure, input);
  const answer =
    type === 'query'
      ? await server.call('GET', `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, {
          key,
        })
      : await server.call('POST', `/trpc/${procedure}`, { key, body: input });
  return { ...answer, data: (answer.json as { result?: { data: unknown } }).result?.data };
}

async function firstEvent(key: string, procedure: string, input: unknown): Promise<Called> {
  await using subscription = await subscribe({ url: server.url, procedure, input, headers: { apiKey: key } });
  const first = await subscription.next();
  const refusal = first?.event === 'message' ? undefined : (first?.data as { data: { httpStatus: number } });
  return {
    status: refusal?.data.httpStatus ?? subscription.status,
    text: JSON.stringify(first),
    data: first?.data,
  };
}

/** Everything the other workspace holds, as it sees it itself. */
async function theirState() {
  const state = [
    await trpc(other.key, 'settings.history', {}),
    await trpc(other.key, 'interviews.list', {}),
    await trpc(other.key, 'interviews.get', { ai_interview_id: theirs.ai_interview_id }),
    await trpc(other.key, 'interviews.count', undefined),
    await trpc(other.key, 'responses.list', {}),
    await trpc(other.key, 'deliveries.list', {}),
    await trpc(other.key, 'redeliveries.list', {}),
    await trpc(other.key, 'apiKeys.list', {}),
  ];
  return state.map(({ data }) => data);
}

/** For each procedure an input that aims at the other workspace as well as it can. */
const attempts: Record<string, () => unknown> = {
  'settings.webhookSettings': () => undefined,
  'settings.updateWebhookSettings': () => update('https://example.com/mine'),
  'settings.history': () => ({}),
  'settings.restore': () => ({ revision: 1 }),
  'interviews.create': () => ({ ai_interview_name: 'mine' }),
  'interviews.list': () => ({ text: marker }),
  'interviews.count': () => undefined,
  'interviews.get': () => ({ ai_interview_id: theirs.ai_interview_id }),
  'interviews.webhookSettings': () => ({ ai_interview_id: theirs.ai_interview_id }),
  'interviews.updateWebhookSettings': () => ({
    ai_interview_id: theirs.ai_interview_id,
    webhooks: { start: { status: false } },
  }),
  'interviews.useGlobalSettings': () => ({ ai_interview_id: theirs.ai_interview_id }),
  'responses.invite': () => invitation(theirs.ai_interview_id),
  'responses.list': () => ({ ai_interview_id: theirs.ai_interview_id }),
  'responses.get': () => ({ response_id: theirs.response_id }),
  'responses.report': () => ({ custom_field_id: marker }),
  'responses.start': () => ({ response_id: theirs.response_id }),
  'responses.submit': () => ({ response_id: theirs.response_id }),
  'responses.evaluate': () => ({ response_id: theirs.response_id, score: 1 }),
  'deliveries.list': () => ({ response_id: theirs.response_id }),
  'deliveries.count': () => ({ response_id: theirs.response_id }),
  'deliveries.live': () => ({ response_id: theirs.response_id }),
  'deliveries.listen': () => ({ lastEventId: '0' }),
  'deliveries.get': () => ({ delivery_id: theirs.delivery_id }),
  'deliveries.redeliver': () => ({ delivery_id: theirs.delivery_id }),
  'deliveries.cancel': () => ({ delivery_id: theirs.delivery_id }),
  'redeliveries.create': () => ({ response_id: theirs.response_id }),
  'redeliveries.list': () => ({}),
  'redeliveries.get': () => ({ redelivery_id: theirs.redelivery_id }),
  'redeliveries.cancel': () => ({ redelivery_id: theirs.redelivery_id }),
  'overview.get': () => ({ range: '30d' }),
  'inbox.list': () => ({ name: 'demo' }),
  'inbox.live': () => ({ name: 'demo' }),
  'inbox.answer': () => ({ name: 'demo', answer: { mode: 'error' } }),
  'inbox.clear': () => ({ name: 'demo' }),
  'demo.remove': () => ({}),
  'settings.test': () => ({ event: 'start' }),
  'settings.signingSecret': () => undefined,
  'settings.rotateSigningSecret': () => ({}),
  'audit.list': () => ({ actor: theirs.api_key_id }),
  'apiKeys.create': () => ({ name: 'mine', scopes: ['settings:read'] }),
  'apiKeys.list': () => ({}),
  'apiKeys.revoke': () => ({ api_key_id: theirs.api_key_id }),
};

const scoped = Object.entries(procedures)
  .filter(([, procedure]) => procedure._def.meta?.scope)
  .map(([name]) => name);

describe('one workspace never reads or writes another', () => {
  it('knows an attempt for every procedure', () => {
    expect(Object.keys(attempts).sort()).toEqual(scoped.sort());
  });

  it.each(scoped)('through %s', async (procedure) => {
    const before = await theirState();
    const answer = await trpc(mine.key, procedure, attempts[procedure]?.());
    expect(answer.text).not.toContain(marker);
    expect(answer.text).not.toContain(theirs.api_key_id);
    expect(answer.status).toBeLessThan(500);
    expect(await theirState()).toEqual(before);
  });

  it.each(restRoutes.map(({ method, path, procedure }) => ({ method, path, procedure })))(
    'through $method $path',
    async ({ method, path, procedure }) => {
      const before = await theirState();
      const input = (attempts[procedure]?.() ?? {}) as Record<string, string>;
      const target = path.replace(/:(\w+)/g, (_match, name: string) => input[name] ?? theirs.response_id);
      const rest = Object.entries(input).filter(([name]) => !path.includes(`:${name}`));
      const answer =
        method === 'GET'
          ? await server.call(method, `${target}?${new URLSearchParams(rest).toString()}`, mine)
          : await server.call(method, target, { ...mine, body: Object.fromEntries(rest) });
      expect(answer.text).not.toContain(marker);
      expect(answer.status).toBeLessThan(500);
      if (target !== path) expect(answer.status).toBe(404);
      expect(await theirState()).toEqual(before);
    },
  );
});

describe('every procedure asks for its scope', () => {
  it.each(scoped)('%s', async (procedure) => {
    const { key } = await server.newWorkspace([]);
    expect((await trpc(key, procedure, attempts[procedure]?.())).status).toBe(403);
  });
});
