import { type Answer, documentedAnswers, receiver, type Receiver } from '@interview-webhooks/testing';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../src/http/openapi/document.ts';
import { EXAMPLE_ID, operations } from '../src/http/openapi/operations.ts';
import { type RestRouteName, restRoutes } from '../src/http/rest-routes.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
let inbox: Receiver;
beforeAll(async () => {
  [server, inbox] = await Promise.all([testServer(), receiver()]);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await inbox[Symbol.asyncDispose]();
});

it('is served to anybody, with every row of the table in it', async () => {
  const answer = await server.call('GET', '/openapi.json', { key: null });
  expect(answer).toMatchObject({ status: 200, json: { openapi: '3.1.0' } });
  const { paths } = answer.json as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(documented.sort()).toEqual(restRoutes.map(({ name }) => name).sort());
});

it('passes the rules of Spectral for OpenAPI', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-openapi-'));
  const file = join(directory, 'openapi.json');
  const ruleset = fileURLToPath(new URL('support/spectral.yaml', import.meta.url));
  try {
    await writeFile(file, JSON.stringify(openApiDocument()));
    const args = ['exec', 'spectral', 'lint', file, '--ruleset', ruleset, '--fail-severity', 'hint'];
    const lint = await promisify(execFile)('pnpm', args).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(lint.stdout).toContain('No results');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}, 60_000);

describe('the examples', () => {
  const sent = restRoutes.filter(({ name }) => operations[name].example);

  it.each(sent.map((row) => [row.name, row] as const))('%s is taken as it stands', async (name, row) => {
    const { method, path, status = 200 } = row;
    const { key, ids } = await workspaceFor(name);
    const example = JSON.stringify(operations[name].example).replaceAll(EXAMPLE_ID, ids.ai_interview_id);
    const fields = JSON.parse(example) as Record<string, unknown>; // as it was before
    const address = path.replace(/:(ai_interview_id|response_id)/g, (_, id: keyof typeof ids) => ids[id]);
    const query = new URLSearchParams(
      Object.entries(fields).map(([field, value]): [string, string] => [field, String(value)]),
    );
    const answer =
      method === 'GET'
        ? await server.call('GET', `${address}?${query.toString()}`, { key })
        : await server.call(method, address, { key, body: fields });
    expect(answer.status, answer.text).toBe(status);
  });
});

/** What the example of a route speaks of: a candidate who has submitted, and where to send to. */
async function workspaceFor(name: RestRouteName) {
  // An id of the caller's own is taken once, and the invitation's example takes the same one.
  const isTaken = name === 'GET /ai-interviews/report';
  const { key } = isTaken ? await server.newWorkspace() : server;
  const post = async (path: string, body: object) => {
    const { status, text, json } = await server.call('POST', `/ai-interviews${path}`, { key, body });
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
    return json as Record<'ai_interview_id' | 'response_id', string>; // one of them, as documented
  };
  // Off: nothing must be on its way when an example names a receiver somewhere else.
  const off = { status: false, url: inbox.url };
  await post('/settings/webhooks', { webhooks: { start: off, submission: off } });
  const { ai_interview_id } = await post('', { ai_interview_name: 'Backend' });
  const { response_id } = await post('/invite', {
    ai_interview_id,
    candidate_name: 'Ada',
    candidate_email: 'ada@example.com',
    ...(isTaken && operations[name].example),
  });
  await post(`/responses/${response_id}/submission`, {});
  return { key, ids: { ai_interview_id, response_id } };
}

describe('the check of every answer that these tests get', () => {
  it.each<[string, (answer: Answer) => Answer]>([
    ['another status', (answer) => ({ ...answer, status: 418 })],
    ['another type', (answer) => ({ ...answer, headers: new Headers({ 'content-type': 'text/html' }) })],
    ['a header too few', (answer) => ({ ...answer, headers: without(answer.headers, 'x-request-id') })],
    ['a field too few', (answer) => ({ ...answer, json: {} })],
    ['a field of another type', (answer) => ({ ...answer, json: { webhooks: { start: 1 } } })],
  ])('finds %s', async (_departure, change) => {
    const check = await documentedAnswers(server.url);
    const path = '/api/v2/ai-interviews/settings/webhooks?';
    const answer = await server.call('GET', path);
    check('GET', path, answer);
    expect(() => {
      check('GET', path, change(answer));
    }).toThrow('not as documented');
  });

  function without(headers: Headers, name: string): Headers {
    const rest = new Headers(headers);
    rest.delete(name);
    return rest;
  }
});

describe('the page that shows it', () => {
  it('needs nothing from anywhere else, and is not allowed to', async () => {
    const page = await server.call('GET', '/docs', { key: null });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).toMatch(/^\/docs\/static\//);
      expect((await server.call('GET', asset, { key: null })).status, asset).toBe(200);
    }
  });

  it('shows the same document', async () => {
    const shown = await server.call('GET', '/docs/json', { key: null });
    expect(shown.json).toEqual((await server.call('GET', '/openapi.json', { key: null })).json);
  });
});
