import type { AppRouter } from '@interview-webhooks/api';
import { Problem } from '@interview-webhooks/schema';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

const interviews = '/ai-interviews';
const settings = '/ai-interviews/settings/webhooks';
/** The same input by either way. */
const ways = [settings, '/trpc/settings.updateWebhookSettings'];

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ RATE_LIMIT_PER_MINUTE: '1000000' });
});
afterAll(() => server[Symbol.asyncDispose]());

interface Answered {
  status: number;
  type: string | undefined;
  accept: string | undefined;
  acceptEncoding: string | undefined;
  text: string;
}

/** Sends these very bytes under these very headers, of which one may come twice. */
async function post(
  path: string,
  body: string | Buffer,
  headers: Record<string, string | string[]> = { 'content-type': 'application/json' },
): Promise<Answered> {
  const sending = request(server.url + path, { method: 'POST', headers: { apikey: server.key, ...headers } });
  const answer = once(sending, 'response') as Promise<[IncomingMessage]>; // what Node documents for it
  sending.end(body);
  const [response] = await answer;
  const { statusCode = 0, headers: got } = response;
  return {
    status: statusCode,
    type: got['content-type']?.split(';', 1)[0],
    accept: got.accept,
    acceptEncoding: String(got['accept-encoding']),
    text: (await buffer(response)).toString(),
  };
}

function problemIn({ status, type, text }: Answered): Problem {
  expect(type, text).toBe('application/problem+json');
  const problem = Problem.parse(JSON.parse(text));
  expect(problem.status).toBe(status);
  return problem;
}

const sample = '{"webhooks":{"start":{"status":false}}}';

describe('only JSON in UTF-8 is taken', () => {
  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/json;charset="UTF-8"'],
    ['APPLICATION/JSON; charset=utf8'],
    ['application/json; version=2'],
  ])('%s', async (type) => {
    for (const path of ways)
      expect((await post(path, sample, { 'content-type': type })).status, path).toBe(200);
  });

  it.each([
    [
      'application/json; charset=iso-8859-1',
      'The charset "iso-8859-1" is not supported; send the body as UTF-8.',
    ],
    [
      'application/json; charset=utf-16le',
      'The charset "utf-16le" is not supported; send the body as UTF-8.',
    ],
    ['text/json', 'The content-type "text/json" is not supported; send the body as application/json.'],
    [
      'application/jsonx',
      'The content-type "application/jsonx" is not supported; send the body as application/json.',
    ],
    [
      'application/vnd.api+json; x=1',
      'The content-type "application/vnd.api+json" is not supported; send the body as application/json.',
    ],
    ['multipart/form-data; boundary=x', /"multipart\/form-data" .*; send the body as application\/json\.$/],
    ['application/octet-stream', /"application\/octet-stream" .*; send the body as application\/json\.$/],
    ['application/x-www-form-urlencoded', /send the body as application\/json\.$/],
    ['nonsense', 'The content-type "nonsense" is not supported; send the body as application/json.'],
    [
      ['application/json', 'text/plain'],
      'There are several content-type headers; send content-type: application/json.',
    ],
    ['', /send the body as application\/json\.$/],
  ])('%j is 415 and says what to send', async (type, detail) => {
    for (const path of ways) {
      const answer = await post(path, sample, { 'content-type': type });
      expect(problemIn(answer)).toMatchObject({ status: 415, code: 'unsupported-media-type' });
      expect(problemIn(answer).detail).toMatch(detail);
      expect(answer.accept).toBe('application/json');
    }
  });

  it('a body without a type is 415', async () => {
    for (const path of ways) {
      expect(problemIn(await post(path, sample, {}))).toMatchObject({
        status: 415,
        detail: 'The body has no content-type; send content-type: application/json.',
      });
    }
  });

  it.each(['gzip', 'br', 'deflate', 'gzip, identity', 'x-unknown'])(
    'the content-encoding %s is 415',
    async (coding) => {
      for (const path of ways) {
        const headers = { 'content-type': 'application/json', 'content-encoding': coding };
        const answer = await post(path, gzipSync(sample), headers);
        expect(problemIn(answer)).toMatchObject({
          status: 415,
          detail: `The content-encoding "${coding}" is not supported; send the body without a content-encoding.`,
        });
        expect(answer.acceptEncoding).toBe('identity');
      }
      const plain = { 'content-type': 'application/json', 'content-encoding': 'identity' };
      expect((await post(settings, sample, plain)).status).toBe(200);
    },
  );
});

describe('bytes that are no UTF-8 are 400, and nothing is stored of them', () => {
  const named = (...bytes: number[]) =>
    Buffer.concat([Buffer.from('{"ai_interview_name":"utf8-'), Buffer.from(bytes), Buffer.from('"}')]);
  it.each([
    ['Latin-1', [0xe9]],
    ['the first byte of two', [0xc3]],
    ['the last byte of two', [0xa9]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['0xFF', [0xff]],
  ])('%s', async (_what, bytes) => {
    for (const path of [interviews, '/trpc/interviews.create']) {
      expect(problemIn(await post(path, named(...bytes)))).toMatchObject({
        status: 400,
        code: 'malformed-request',
        detail: 'The body is not valid UTF-8; send it as UTF-8.',
      });
    }
    expect((await server.call('GET', `${interviews}?text=utf8-`)).json).toMatchObject({ data: [] });
  });

  it('UTF-16 is not taken for UTF-8', async () => {
    expect((await post(interviews, Buffer.from('{"ai_interview_name":"x"}', 'utf16le'))).status).toBe(400);
  });

  it('what is UTF-8 is kept to the byte, and a byte order mark is dropped', async () => {
    const name = 'Zoë 日本 🎉';
    const body = Buffer.from(`\ufeff{"ai_interview_name":"${name}"}`);
    const answer = await post(interviews, body);
    expect(answer.status, answer.text).toBe(201);
    expect(JSON.parse(answer.text)).toMatchObject({ ai_interview_name: name });
    expect((await post('/trpc/interviews.create', body)).status).toBe(200);
  });

  it('nor is a query that cannot be decoded', async () => {
    for (const query of ['text=%ff', 'text=%e9', 'text=100%', 'input=%22%ff%22']) {
      for (const path of [interviews, '/trpc/interviews.list']) {
        expect((await server.call('GET', `${path}?${query}`)).json, query).toMatchObject({
          code: 'malformed-request',
          detail: 'The query is not percent-encoded UTF-8; encode it as encodeURIComponent does.',
        });
      }
    }
  });
});

describe('JSON that would lose something without a word', () => {
  it.each([
    ['{"webhooks":{"start":{"status":true,"status":false}}}', 'webhooks.start.status'],
    ['{"webhooks":{},"webhooks":{"start":{}}}', 'webhooks'],
    ['{"webhooks":{"start":{"status":true,"\\u0073tatus":false}}}', 'webhooks.start.status'],
    ['{"webhooks":{"auth":[{"a":1},{"a":1,"b":[],"a":2}]}}', 'webhooks.auth.1.a'],
  ])('a key that is given twice is refused at its field: %s', async (body, path) => {
    for (const way of ways) {
      expect(problemIn(await post(way, body))).toMatchObject({
        status: 400,
        code: 'invalid-input',
        errors: [{ path, message: 'is given more than once; send it once' }],
      });
    }
  });

  it('equal keys of different objects, or texts that look like keys, are none', async () => {
    const body =
      '{"ai_interview_name":"{\\"a\\":1,\\"a\\":2}","metadata":{"a":"b","b":"a"},"job":{"id":"a","title":"a"}}';
    expect((await post(interviews, body)).status).toBe(201);
  });

  it('a syntax error says where it is, and repeats nothing', async () => {
    for (const way of ways) {
      const problem = problemIn(await post(way, '{"webhooks":{"auth":{"basic":{"password":"geheim",}}}}'));
      expect(problem).toMatchObject({ status: 400, code: 'malformed-request' });
      expect(problem.detail).toMatch(/^The JSON cannot be read from character \d+ on; send valid JSON/);
      expect(problem.detail).not.toContain('geheim');
    }
  });
});

describe('metadata comes back as it was given, or is refused', () => {
  const given = (metadata: string) => `{"ai_interview_name":"x","metadata":${metadata}}`;
  it.each([
    '{" a":1,"a":2,"a ":3}',
    '{"n":9007199254740991,"m":-9007199254740991}',
    '{"n":0.30000000000000004,"m":5e-324,"x":-12.5}',
    '{"$set":1,"a.b":2,"constructor":"x","toBSON":"y","toJSON":"z","_id":"i","length":3}',
    '{}',
  ])('%s', async (metadata) => {
    const made = await server.call('POST', interviews, { raw: given(metadata) });
    expect(made.status, made.text).toBe(201);
    const { ai_interview_id } = made.json as { ai_interview_id: string };
    const read = await server.call('GET', `${interviews}/${ai_interview_id}`);
    for (const { text } of [made, read]) expect(text).toContain(`"metadata":${metadata}`);
  });

  it.each([
    ['{"n":9007199254740993}', 'metadata.n'],
    ['{"n":-12345678901234567890}', 'metadata.n'],
    ['{"n":12345678901234567890.0}', 'metadata.n'],
    ['{"n":1e400}', 'metadata.n'],
    ['{"n":1e-400}', 'metadata.n'],
    ['{"n":3.14159265358979323846}', 'metadata.n'],
    ['{"a":1,"a":2}', 'metadata.a'],
    ['{"a":1,"\\u0061":2}', 'metadata.a'],
    ['{"_bsontype":"ObjectId"}', 'metadata._bsontype'],
  ])('%s is refused at its field', async (metadata, path) => {
    for (const way of [interviews, '/trpc/interviews.create']) {
      const { status, text } = await server.call('POST', way, { raw: given(metadata) });
      expect(status, text).toBe(400);
      expect(text).toContain(`"path":"${path}"`);
    }
  });
});

describe('a body that is empty', () => {
  it('is none, with a type or without', async () => {
    const typed: Record<string, string> = { 'content-type': 'application/json' };
    for (const headers of [{}, typed]) {
      expect(problemIn(await post(settings, '', headers)).errors).toEqual([
        { path: 'webhooks', message: 'is required' },
      ]);
      expect((await post('/trpc/settings.updateWebhookSettings', '', headers)).text).toContain('is required');
    }
  });
});

it('what tRPC never sees is a problem to its client all the same, alone and in a batch', async () => {
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${server.url}/trpc`, headers: { apiKey: server.key } })],
  });
  const tooLarge = { ai_interview_name: 'x'.repeat(70_000) };
  const calls = [
    client.session.signIn.mutate({ api_key: server.key }),
    client.interviews.create.mutate(tooLarge),
    client.interviews.create.mutate(tooLarge),
  ];
  const problems = (await Promise.allSettled(calls)).map((call) => {
    const { data } = (call as PromiseRejectedResult).reason as { data: { problem: unknown } }; // each is refused
    return Problem.parse(data.problem).code;
  });
  // Batched with a sign-in from elsewhere, all of it is refused for that.
  expect(problems).toEqual(['cross-origin', 'cross-origin', 'cross-origin']);
  await expect(client.interviews.create.mutate(tooLarge)).rejects.toMatchObject({
    message: 'The body may have at most 64 KiB; send less.',
    data: { code: 'PAYLOAD_TOO_LARGE', httpStatus: 413, problem: { code: 'payload-too-large' } },
  });
});

it('a text in the place of an object is a text by either way', async () => {
  for (const way of ways) expect((await post(way, JSON.stringify(sample))).status).toBe(400);
});

it('a method that tRPC has no use for is 405, and a path with an escape in it is 404', async () => {
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const answer = await server.call(method, '/trpc/settings.webhookSettings');
    expect(answer.status, method).toBe(405);
    expect(answer.headers.get('allow')).toBe('HEAD, GET, POST');
  }
  expect((await server.call('GET', '/trpc/%2525zz')).status).toBe(404);
  expect((await server.call('GET', '/trpc/%25zz')).status).toBe(404);
});
