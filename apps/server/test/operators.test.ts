import { appRouter, type ProcedureName, schemasOf } from '@interview-webhooks/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { restRoutes } from '../src/http/rest-routes.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
let other: { key: string };
/** An id that exists, so that nothing is refused for want of it. */
let interview: string;
let before: string[];
beforeAll(async () => {
  server = await testServer({ RATE_LIMIT_PER_MINUTE: '1000000' });
  other = await server.newWorkspace();
  const made = await server.rest('POST', '/ai-interviews', { ai_interview_name: 'Backend' });
  interview = (made as { ai_interview_id: string }).ai_interview_id;
  before = await everything();
});
afterAll(() => server[Symbol.asyncDispose]());

type Schema = z.core.JSONSchema.JSONSchema;
type Answered = Awaited<ReturnType<TestServer['call']>>;

/** What a query language would read more into than into a text. */
const operators = [
  { $gt: '' },
  { $ne: null },
  { $where: 'sleep(5000)' },
  { $regex: '.*' },
  ['a', { $gt: '' }],
];

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
).map(
  ([name, { _def }]) => ({ name: name as ProcedureName, type: _def.type }), // the router keeps them under full names
);

/** The way to every text that a procedure takes: new ones are found by themselves. */
function textsIn(schema: Schema | boolean | undefined, path: string[] = []): string[][] {
  if (typeof schema !== 'object') return [];
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    textsIn(field, [...path, name]),
  );
  const either = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const found = [...below, ...either.flatMap((one) => textsIn(one, path))];
  return schema.type === 'string' ? [...found, path] : found;
}

function textsOf(name: ProcedureName): string[][] {
  const { input } = schemasOf(name);
  if (!input) return [];
  const found = textsIn(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }));
  return [...new Map(found.map((path) => [path.join('.'), path])).values()];
}

const holding = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

function callTrpc(
  { name, type }: { name: string; type: string },
  input: unknown,
  key = server.key,
): Promise<Answered> {
  return type === 'mutation'
    ? // As a page sends it: signing in looks at that before it looks at its input.
      server.call('POST', `/trpc/${name}`, { key, body: input, headers: { 'sec-fetch-site': 'same-origin' } })
    : server.call('GET', `/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, { key });
}

async function everything(): Promise<string[]> {
  const lists = ['settings.history', 'interviews.list', 'responses.list', 'redeliveries.list'];
  const answers = await Promise.all(lists.map((name) => callTrpc({ name, type: 'query' }, {})));
  return answers.map(({ text }) => text);
}

const taking = procedures.flatMap((procedure) =>
  textsOf(procedure.name).map((path) => ({ ...procedure, path })),
);

describe('an operator in place of a text is refused at its field', () => {
  it.each(taking.map((place) => [`${place.name} ${place.path.join('.')}`, place] as const))(
    'through tRPC: %s',
    async (_name, place) => {
      const inputs = operators.map((operator) => holding(place.path, operator));
      for (const answer of await Promise.all(inputs.map((input) => callTrpc(place, input)))) {
        // A subscription says so in its first event.
        if (place.type !== 'subscription') expect(answer.status, answer.text).toBe(400);
        expect(answer.text).toContain('"code":"invalid-input"');
        expect(answer.text).toContain(`"path":"${place.path.join('.')}`);
      }
    },
  );

  const rows = restRoutes.flatMap((row) =>
    textsOf(row.procedure)
      .filter((path) => !row.path.includes(`:${path.join('.')}`))
      .map((path) => ({ ...row, text: path })),
  );
  it.each(rows.map((row) => [`${row.name} ${row.text.join('.')}`, row] as const))(
    'through REST: %s',
    async (_name, { method, path, text }) => {
      const target = path.replace(/:\w+/g, interview);
      const field = text.join('.');
      const answers =
        method === 'GET'
          ? [
              `${field}[$gt]=`,
              `${field}[$ne]=x`,
              `${field}[]=x`,
              `${field}=x&${field}=y`,
              `${field}.$gt=x`,
            ].map((query) => server.call(method, `${target}?${encodeURI(query)}`))
          : operators.map((operator) => server.call(method, target, { body: holding(text, operator) }));
      for (const answer of await Promise.all(answers)) {
        expect(answer.status, answer.text).toBe(400);
        expect(answer.text).toContain(`"path":"${field}`);
      }
    },
  );

  it('and none of them has changed anything', async () => {
    expect(await everything()).toEqual(before);
  });
});

describe('a cursor', () => {
  const lists = procedures.filter(({ name }) => textsOf(name).some((path) => path.join() === 'cursor'));

  async function fill(key: string, marker: string): Promise<void> {
    const call = (name: string, input: unknown) => callTrpc({ name, type: 'mutation' }, input, key);
    for (const number of [1, 2]) {
      const { json } = await call('interviews.create', { ai_interview_name: `${marker} ${number}` });
      const { ai_interview_id } = (json as { result: { data: { ai_interview_id: string } } }).result.data;
      await call('responses.invite', {
        ai_interview_id,
        candidate_name: marker,
        candidate_email: `${marker}@example.com`,
      });
      await call('apiKeys.create', { name: marker, scopes: ['settings:read'] });
      await call('redeliveries.create', { response_id: '507f1f77bcf86cd799439011' });
      const url = `https://192.0.33.8/${marker}/${number}`;
      await call('settings.updateWebhookSettings', { webhooks: { start: { status: true, url } } });
    }
  }

  async function cursorsOf(key: string): Promise<string[]> {
    const pages = await Promise.all(lists.map((list) => callTrpc(list, { limit: 1 }, key)));
    return pages.flatMap(({ json }) => {
      const { result } = json as { result?: { data: { next_cursor?: string | null } } };
      return result?.data.next_cursor ?? [];
    });
  }

  it('that was cut, made up, or given out by another list or to another workspace shows nobody else’s entries', async () => {
    const marker = 'belongs-to-the-other';
    await Promise.all([fill(server.key, 'mine'), fill(other.key, marker)]);
    const real = [...(await cursorsOf(server.key)), ...(await cursorsOf(other.key))];
    expect(real.length).toBeGreaterThanOrEqual(8);
    const bent = real.flatMap((cursor) => [
      cursor.slice(0, -1),
      cursor.slice(1),
      `${cursor}0`,
      cursor.toUpperCase(),
    ]);
    const madeUp = [
      '',
      ' ',
      '0',
      '-1',
      '1e9',
      '9'.repeat(40),
      'null',
      '{}',
      '{"$gt":""}',
      '\u0000',
      'f'.repeat(24),
      'eyJ9',
      '€',
    ];
    for (const list of lists) {
      const statuses = new Set<number>();
      for (const cursor of new Set([...real, ...bent, ...madeUp])) {
        const answer = await callTrpc(list, { cursor });
        expect([200, 400], `${list.name} ${cursor}: ${answer.text}`).toContain(answer.status);
        expect(answer.text).not.toContain(marker);
        statuses.add(answer.status);
      }
      expect([...statuses]).toContain(400);
    }
  });
});
