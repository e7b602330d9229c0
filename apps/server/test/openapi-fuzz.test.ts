import { receiver, type Receiver } from '@interview-webhooks/testing';
import fc from 'fast-check';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApiDocument } from '../src/http/openapi/document.ts';
import type { JsonSchema } from '../src/http/openapi/json-schemas.ts';
import { restRoutes } from '../src/http/rest-routes.ts';
import { described, type InputOptions, spoilt } from './support/generated-input.ts';
import { type TestServer, testServer } from './support/test-server.ts';

/** For each operation; with all of them this takes about ten seconds. */
const runs = { numRuns: 40, verbose: true };

interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  required?: boolean;
  schema: JsonSchema;
}
interface OperationObject {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<'application/json', { schema: JsonSchema }> };
}

const document = openApiDocument();
const schemas = document.components.schemas;

let server: TestServer;
let inbox: Receiver;
let options: InputOptions;
beforeAll(async () => {
  [server, inbox] = await Promise.all([
    testServer({
      RATE_LIMIT_PER_MINUTE: '1000000',
      WEBHOOK_TIMEOUT_SECONDS: '1',
      WEBHOOK_RETRY_SCHEDULE: '1m',
    }),
    receiver(),
  ]);
  options = { resolve, receiver: inbox.url, known: await idsOfEverything() };
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await inbox[Symbol.asyncDispose]();
});

function resolve(ref: string): JsonSchema {
  const schema = schemas[ref.replace('#/components/schemas/', '')];
  if (!schema) throw new Error(`${ref} leads nowhere`);
  return schema;
}

/** Something of each kind, some of it delivered and some waiting. */
async function idsOfEverything(): Promise<InputOptions['known']> {
  const post = async (path: string, body: object = {}) =>
    (await server.rest('POST', `/ai-interviews${path}`, body)) as Record<string, string>; // ids among others
  const start = { status: true, url: `${inbox.url}/start` };
  await post('/settings/webhooks', {
    webhooks: { start, submission: { ...start, url: 'http://127.0.0.1:9/' } },
  });
  const { ai_interview_id = '' } = await post('', { ai_interview_name: 'Backend' });
  const responses: string[] = [];
  for (const candidate_name of ['Ada', 'Bob', 'Cy']) {
    const candidate = { ai_interview_id, candidate_name, candidate_email: 'someone@example.com' };
    responses.push((await post('/invite', candidate))['response_id'] ?? '');
  }
  const [started = '', submitted = ''] = responses;
  await post(`/responses/${started}/start`);
  await post(`/responses/${submitted}/submission`);
  const deliveries = [`evt_${started}_start`, `evt_${submitted}_start`, `evt_${submitted}_submission`];
  // An event is acknowledged before its delivery is stored.
  const status = async (id: string) =>
    (await server.call('GET', `/ai-interviews/webhooks/deliveries/${id}`)).status;
  for (const id of deliveries) while ((await status(id)) === 404) await pause(20);
  const { redelivery_id = '' } = await post('/webhooks/redeliveries', { state: 'delivered' });
  return {
    ai_interview_id: [ai_interview_id],
    response_id: responses,
    delivery_id: deliveries,
    redelivery_id: [redelivery_id],
  };
}

/** Requests for one operation: mostly as documented, otherwise with one thing spoilt. */
function requests({ parameters = [], requestBody }: OperationObject) {
  const either = (good: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 2, arbitrary: good }, { weight: 1, arbitrary: spoilt(good) });
  const own = parameters.filter((parameter): parameter is Parameter => !('$ref' in parameter));
  const fields = (where: Parameter['in']): JsonSchema => {
    const found = own.filter((parameter) => parameter.in === where);
    return {
      type: 'object',
      properties: Object.fromEntries(found.map(({ name, schema }) => [name, schema])),
      required: found.filter(({ required }) => required).map(({ name }) => name),
    };
  };
  const body = requestBody?.content['application/json'].schema;
  return fc.record({
    path: described(fields('path'), options) as fc.Arbitrary<Record<string, string>>, // path parameters are text
    query: either(described(fields('query'), options)),
    // Where no body is asked for, one that comes all the same must do no harm either.
    body: body
      ? either(described(body, options))
      : fc.constantFrom<unknown>(undefined, {}, [], { surplus: 1 }),
  });
}

function addressOf(template: string, path: Record<string, string>, query: unknown): string {
  // A lone dot or nothing at all would lead to another operation.
  const segment = (text: string) => encodeURIComponent(text.toWellFormed()).replace(/^\.{0,2}$/, '%20');
  const address = template.replace(/:(\w+)/g, (_, name: string) => segment(path[name] ?? ''));
  const fields = typeof query === 'object' && query !== null ? Object.entries(query) : [['q', query]];
  const search = new URLSearchParams(
    fields.map(([name, value]) => [String(name), textOf(value)] as [string, string]),
  );
  return `${address}?${search.toString()}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

it.each(restRoutes.map((row) => [row.name, row] as const))(
  '%s: whatever comes, it is answered as documented',
  async (_name, row) => {
    const { paths } = document;
    const operation = paths[row.path.replace(/:(\w+)/g, '{$1}')]?.[
      row.method.toLowerCase()
    ] as OperationObject;
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requests(operation), async ({ path, query, body }) => {
        const isGet = row.method === 'GET';
        // The server's client throws for what the document does not say.
        const { status, text } = await server.call(
          row.method,
          addressOf(row.path, path, isGet ? query : {}),
          {
            ...(!isGet && { body }),
          },
        );
        expect(status, text).toBeLessThan(500);
        statuses.add(status);
      }),
      runs,
    );
    // Otherwise the input was only ever refused, and what comes after the schema was never reached.
    expect(
      [...statuses].some((status) => status < 300 || status === 409),
      [...statuses].join(),
    ).toBe(true);
  },
);
