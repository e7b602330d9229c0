import { appRouter, type ProcedureName, schemasOf } from '@interview-webhooks/api';
import { type Answer, receiver, type Receiver } from '@interview-webhooks/testing';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JsonSchema, jsonSchemas } from '../src/http/openapi/json-schemas.ts';
import { restRoutes } from '../src/http/rest-routes.ts';
import { described } from './support/generated-input.ts';
import { subscribe } from './support/subscription.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
let inbox: Receiver;
let mine: { key: string };
let other: { key: string };
/** What the other workspace has, by the name of the field that would ask for it. */
let theirs: Record<(typeof asking)[number], string>;
/** The router's procedures under their full names, as it keeps them at run time. */
const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: string; meta?: { scope?: string } } }
>;
/** A word that only the other workspace may ever see. */
const marker = 'belongs-to-the-other';
/** Fields that an attempt fills with what the other workspace has. */
const asking = [
  'ai_interview_id',
  'api_key_id',
  'actor',
  'response_id',
  'delivery_id',
  'redelivery_id',
  'session_id',
  'custom_field_id',
  'external_id',
  'text',
] as const;

beforeAll(async () => {
  [server, inbox] = await Promise.all([testServer({ RATE_LIMIT_PER_MINUTE: '1000000' }), receiver()]);
  mine = await server.newWorkspace();
  other = await server.newWorkspace();
  const interview = { ai_interview_name: marker, job: { external_id: shared } };
  const { ai_interview_id } = (await trpc(other.key, 'interviews.create', interview)).data as {
    ai_interview_id: string;
  };
  const { api_key_id } = (
    await trpc(other.key, 'apiKeys.create', { name: marker, scopes: ['settings:read'] })
  ).data as { api_key_id: string };
  const { response_id } = (await trpc(other.key, 'responses.invite', invitation(ai_interview_id))).data as {
    response_id: string;
  };
  // Its webhook is off, so it comes to rest at once.
  await trpc(other.key, 'responses.start', { response_id });
  const delivery_id = `evt_${response_id}_start`;
  while ((await trpc(other.key, 'deliveries.get', { delivery_id })).status === 404) await pause(20);
  const { redelivery_id } = (await trpc(other.key, 'redeliveries.create', { state: 'failed' })).data as {
    redelivery_id: string;
  };
  const redelivery = async () =>
    (await trpc(other.key, 'redeliveries.get', { redelivery_id })).data as { state: string };
  while ((await redelivery()).state !== 'completed') await pause(20);
  const session_id = await theirSession();
  theirs = {
    session_id,
    ai_interview_id,
    api_key_id,
    actor: api_key_id,
    response_id,
    delivery_id,
    redelivery_id,
    custom_field_id: shared,
    external_id: shared,
    // The beginning of the word: a caller's own filter comes back, the word does not.
    text: marker.slice(0, 7),
  };
  await trpc(other.key, 'settings.updateWebhookSettings', update(`https://example.com/${marker}`));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await inbox[Symbol.asyncDispose]();
});

/** Somebody of the other workspace, signed in from a browser that has the marker for a name. */
async function theirSession(): Promise<string> {
  const headers = { 'sec-fetch-site': 'same-origin', 'user-agent': marker };
  await server.call('POST', '/trpc/session.signIn', { key: null, body: { api_key: other.key }, headers });
  const { data } = (await trpc(other.key, 'sessions.list', {})).data as { data: { session_id: string }[] };
  return data[0]?.session_id ?? '';
}

/** An id of the caller's own, which means something in each workspace. */
const shared = 'used by both';
const invitation = (ai_interview_id: string) => ({
  ai_interview_id,
  candidate_name: marker,
  candidate_email: `${marker}@example.com`,
  custom_field_id: shared,
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
      : await server.call('POST', `/trpc/${procedure}`, { key, body: input ?? {} });
  return { ...answer, data: (answer.json as { result?: { data: unknown } }).result?.data };
}

async function firstEvent(key: string, procedure: string, input: unknown): Promise<Called> {
  await using subscription = await subscribe({ url: server.url, procedure, input, headers: { apiKey: key } });
  // Where nothing is to be told, nothing comes.
  const first = await Promise.race([subscription.next(), pause(300)]);
  const refusal = first?.event === 'message' ? undefined : (first?.data as { data: { httpStatus: number } });
  return {
    status: refusal?.data.httpStatus ?? subscription.status,
    text: JSON.stringify(first ?? null),
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
    await trpc(other.key, 'sessions.list', {}),
  ];
  return state.map(({ data }) => data);
}

const schemas = jsonSchemas();

/** Input for a procedure, of which everything that can name something names what the other workspace has. */
function attemptsAt(name: string): fc.Arbitrary<unknown> {
  const { input } = schemasOf(name as ProcedureName); // the router has it
  if (!input) return fc.constant(undefined);
  const known = Object.fromEntries(Object.entries(theirs).map(([field, value]) => [field, [value]]));
  const resolve = ($ref: string) => schemas.open({ $ref });
  return described(schemas.of(input, 'input'), { resolve, known, onlyKnown: true, receiver: inbox.url });
}

function fieldsOf(schema: JsonSchema): string[] {
  const { anyOf = [] } = schema as { anyOf?: JsonSchema[] }; // as the standard says
  const inside = [schemas.open(schema), ...anyOf].filter((one) => one !== schema).flatMap(fieldsOf);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [name, ...fieldsOf(field)]);
  return [...own, ...inside];
}

const scoped = Object.entries(procedures)
  .filter(([, procedure]) => procedure._def.meta?.scope)
  .map(([name]) => name);

describe('one workspace never reads or writes another', () => {
  it('knows what to ask for in every field that names something', () => {
    const inputs = scoped.flatMap((name) => schemasOf(name as ProcedureName).input ?? []); // the router has it
    const fields = new Set(inputs.flatMap((input) => fieldsOf(schemas.of(input, 'input'))));
    expect([...fields].filter((field) => field.endsWith('_id') && !(field in theirs))).toEqual([]);
    expect(asking.filter((field) => !fields.has(field))).toEqual([]);
  });

  it.each(scoped)('through %s', async (procedure) => {
    const before = await theirState();
    const numRuns = procedures[procedure]?._def.type === 'subscription' ? 3 : 10;
    await fc.assert(
      fc.asyncProperty(attemptsAt(procedure), async (input) => {
        const answer = await trpc(mine.key, procedure, input);
        expect(answer.text).not.toContain(marker);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns },
    );
    expect(await theirState()).toEqual(before);
  });

  it.each(restRoutes.map(({ method, path, procedure }) => ({ method, path, procedure })))(
    'through $method $path',
    async ({ method, path, procedure }) => {
      const before = await theirState();
      const target = path.replace(/:(\w+)/g, (_match, name: keyof typeof theirs) => theirs[name]);
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(attemptsAt(procedure), async (input) => {
          const given = Object.entries(input ?? {}).filter(([name]) => !path.includes(`:${name}`));
          const answer =
            method === 'GET'
              ? await server.call(method, `${target}?${new URLSearchParams(given).toString()}`, mine)
              : await server.call(method, target, { ...mine, body: Object.fromEntries(given) });
          expect(answer.text).not.toContain(marker);
          expect(answer.status).toBeLessThan(500);
          statuses.add(answer.status);
        }),
        { numRuns: 10 },
      );
      // What the schema has no words for may be refused before anybody looks.
      if (target !== path) expect([...statuses].filter((status) => status !== 400)).toEqual([404]);
      expect(await theirState()).toEqual(before);
    },
  );
});

describe('every procedure asks for its scope', () => {
  it.each(scoped)('%s', async (procedure) => {
    const { key } = await server.newWorkspace([]);
    const [input] = fc.sample(attemptsAt(procedure), 1);
    expect((await trpc(key, procedure, input)).status).toBe(403);
  });
});
