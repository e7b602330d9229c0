import { Problem } from '@interview-webhooks/schema';
import type { Answer } from '@interview-webhooks/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = Problem.parse(answer.json);
  expect(problem).toMatchObject({ status, code, type: `urn:interview-webhooks:problem:${code}` });
  expect(answer.headers.get('x-request-id')).toBe(problem.requestId);
  return problem;
}

describe('what HTTP itself can get wrong is answered as a problem', () => {
  it('malformed JSON', async () => {
    expectProblem(await server.call('POST', path, { raw: '{"webhooks":' }), 400, 'malformed-request');
    expectProblem(
      await server.call('POST', path, { raw: '{"__proto__":{"x":1}}' }),
      400,
      'malformed-request',
    );
  });

  it.each([
    ['missing altogether', {}],
    ['empty under a content type', { raw: '' }],
  ])('a body that is %s', async (_what, body) => {
    expect(expectProblem(await server.call('POST', path, body), 400, 'invalid-input').errors).toEqual([
      { path: 'webhooks', message: 'is required' },
    ]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data; boundary=x',
  ])('the content type %s', async (type) => {
    const answer = await server.call('POST', path, { raw: 'a=b', headers: { 'content-type': type } });
    expectProblem(answer, 415, 'unsupported-media-type');
  });

  it('a body over 64 KiB, but not one just under it', async () => {
    const padded = (bytes: number) =>
      `{"webhooks":{"start":{}}${' '.repeat(bytes - '{"webhooks":{"start":{}}}'.length)}}`;
    expectProblem(await server.call('POST', path, { raw: padded(64 * 1024 + 1) }), 413, 'payload-too-large');
    expect((await server.call('POST', path, { raw: padded(64 * 1024) })).status).toBe(200);
  });

  it('a method that is not possible, with those that are', async () => {
    const answer = await server.call('DELETE', path);
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow')).toBe('HEAD, GET, POST');
    expect((await server.call('PATCH', '/api/v2/ai-interviews')).headers.get('allow')).toBe(
      'HEAD, GET, POST',
    );
  });

  it('an address with nothing there', async () => {
    expectProblem(await server.call('GET', '/nope'), 404, 'not-found');
    expectProblem(await server.call('GET', '/ai-interviews/%zz'), 400, 'malformed-request');
    expectProblem(await server.call('POST', '/ai-interviews/settings'), 405, 'method-not-allowed');
  });

  it('a request without a key, before its body is read', async () => {
    const answer = await server.call('POST', path, { key: null, raw: 'x'.repeat(100_000) });
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toContain('apiKey');
  });
});

it('takes the key header in any case, and a path with a slash at its end', async () => {
  const answer = await server.call('GET', `${path}/`, { key: null, headers: { APIKEY: server.key } });
  expect(answer.status).toBe(200);
});

describe('AI interviews', () => {
  const create = async (body: unknown) =>
    (await server.call('POST', '/ai-interviews', { body })).json as { ai_interview_id: string };

  it('are created, listed with cursor and text, and read', async () => {
    const { key } = await server.newWorkspace();
    const made: unknown[] = [];
    for (const name of ['Backend', 'Frontend (EU)', 'Back office']) {
      const body = { ai_interview_name: name, job: { external_id: 'j1' }, metadata: { seats: 2 } };
      const answer = await server.call('POST', '/api/v2/ai-interviews', { key, body });
      expect(answer.status).toBe(201);
      made.push(answer.json);
    }
    const list = async (query: string) =>
      (await server.call('GET', `/ai-interviews${query}`, { key })).json as {
        data: unknown[];
        next_cursor: string | null;
      };
    const first = await list('?limit=2');
    expect(first.data).toEqual([made[2], made[1]]);
    expect(await list(`?limit=2&cursor=${first.next_cursor}`)).toEqual({
      data: [made[0]],
      next_cursor: null,
    });
    expect((await list('?text=BACK')).data).toEqual([made[2], made[0]]);
    expect((await list('?text=(eu)')).data).toEqual([made[1]]);
    expect((await list('?text=.*')).data).toEqual([]);
    expectProblem(await server.call('GET', '/ai-interviews?cursor=x', { key }), 400, 'invalid-input');
    expectProblem(await server.call('GET', '/ai-interviews?limit=0&page=2', { key }), 400, 'invalid-input');
  });

  it('have settings of their own at the documented address, in either spelling', async () => {
    const { ai_interview_id: id } = await create({ ai_interview_name: 'Own' });
    const put = (body: unknown) => server.call('PUT', `/api/v2${path}/${id}`, { body });
    const auth = { status: true, type: 'apikey', apikey: { key: 'X-Webhook-Key', value: 'own-secret' } };
    const answer = await put({ webhooks: { start: { status: true, url: 'https://example.com/own' }, auth } });
    expect(answer.text).toBe(
      '{"webhooks":{"start":{"status":true,"url":"https://example.com/own"},"submission":{"status":false,"url":null},"auth":{"type":"apikey","basic":{"username":null,"password":null},"apikey":{"header":"X-Webhook-Key","apikey":null,"hasApikey":true}}}}',
    );
    expect((await server.call('GET', `${path}/${id}`)).text).toBe(answer.text);
    expect((await server.call('GET', `/ai-interviews/${id}`)).json).toMatchObject({
      ai_interview_id: id,
      webhook_sources: {
        start: { source: 'own' },
        submission: { source: 'global' },
        auth: { source: 'own' },
      },
    });
    const problem = expectProblem(
      await put({ webhooks: { start: {} }, updateAll: true }),
      400,
      'invalid-input',
    );
    expect(problem.errors?.map((error) => error.path)).toEqual(['updateAll']);
    expectProblem(
      await put({ webhooks: { start: { url: 'https://127.0.0.1./x', status: 1 } } }),
      400,
      'invalid-input',
    );
  });

  it('that are not there are not found, whatever their id looks like', async () => {
    for (const id of ['nope', '0'.repeat(24), '../x', '%00', 'a'.repeat(500)]) {
      const encoded = encodeURIComponent(id);
      expectProblem(await server.call('GET', `/ai-interviews/${encoded}`), 404, 'not-found');
      expectProblem(
        await server.call('PUT', `${path}/${encoded}`, { body: { webhooks: { auth: null } } }),
        404,
        'not-found',
      );
    }
  });
});

it('has every answer protected against being guessed at, stored or framed', async () => {
  const { headers } = await server.call('GET', path);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
});
