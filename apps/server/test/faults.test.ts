import { Problem } from '@interview-webhooks/schema';
import { isLocalMode } from '@interview-webhooks/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

const settings = '/ai-interviews/settings/webhooks';
/** The same input by either way. */
const ways = [settings, '/trpc/settings.updateWebhookSettings'];

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The problem in an answer, also where tRPC has wrapped it. */
function problemIn(json: unknown): Problem {
  const wrapped = json as { error?: { data: { problem: unknown } } }; // or a problem as it is
  return Problem.parse(wrapped.error?.data.problem ?? json);
}

const nested = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('input of any depth is answered with 400', () => {
  it.each([
    ['2,000 objects', `{"webhooks":{"start":${nested(2_000)}}}`],
    ['10,000 objects', nested(10_000)],
    ['30,000 lists', `{"webhooks":${lists(30_000)}}`],
    ['lists that are never closed', '['.repeat(60_000)],
    ['33 levels', nested(33)],
  ])('%s in a body', async (_what, raw) => {
    for (const way of [...ways, '/ai-interviews', '/trpc/interviews.create?batch=1']) {
      const { status, json } = await server.call('POST', way, { raw });
      expect(status, way).toBe(400);
      expect(problemIn(json)).toMatchObject({
        code: 'malformed-request',
        detail: 'The JSON is nested more than 32 levels deep; send it with fewer levels.',
      });
    }
  });

  it('in an address', async () => {
    for (const raw of [nested(400), lists(1_000)]) {
      for (const path of ['/trpc/interviews.list?input=', '/trpc/interviews.list?batch=1&input=']) {
        const { status, json } = await server.call('GET', path + encodeURIComponent(raw));
        expect(status).toBe(400);
        expect(problemIn(json).detail).toMatch(/nested more than 32 levels deep/);
      }
    }
    expect((await server.call('GET', `/ai-interviews?text${'[a]'.repeat(2_000)}=1`)).status).toBe(400);
  });

  it('and what is no deeper is judged by its fields', async () => {
    const texts = '[[[{"a":"' + '[{'.repeat(500) + '\\"['.repeat(50) + '"}]]]';
    const { json } = await server.call('POST', settings, { raw: `{"webhooks":{"start":${texts}}}` });
    expect(problemIn(json)).toMatchObject({
      code: 'invalid-input',
      errors: [{ path: 'webhooks.start', message: 'must be an object, not a list' }],
    });
  });
});

describe('input of any width is answered with a hundred faults', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":1`).join();
  it.each([
    ['beside the settings', `{"webhooks":{},${keys(5_500)}}`],
    ['in the settings', `{"webhooks":{"start":{},${keys(5_500)}}}`],
    ['in a webhook', `{"webhooks":{"start":{"url":"nope",${keys(5_500)}}}}`],
    ['of a length that is near a name', `{"webhooks":{${keys(4_000).replaceAll('k', 'star')}}}`],
  ])('unknown keys %s', async (_where, raw) => {
    for (const way of ways) {
      const { status, json, text } = await server.call('POST', way, { raw });
      expect(status, text).toBe(400);
      const { errors, hasMoreErrors, detail } = problemIn(json);
      expect(errors).toHaveLength(100);
      expect(hasMoreErrors).toBe(true);
      expect(detail).toBe('The request is not valid; errors lists the first 100 faults, and there are more.');
      expect(text.length).toBeLessThan(20_000);
    }
  });

  it.each([
    ['metadata', `{"ai_interview_name":"x","metadata":{${keys(5_500).replaceAll(':1', ':[]')}}}`],
    ['other fields', `{"ai_interview_name":"x",${keys(5_500)}}`],
  ])('faulty %s of an AI interview', async (_what, raw) => {
    for (const way of ['/ai-interviews', '/trpc/interviews.create']) {
      const { json } = await server.call('POST', way, { raw });
      expect(problemIn(json)).toMatchObject({ code: 'invalid-input', hasMoreErrors: true });
    }
  });

  it('in a query', async () => {
    const query = keys(1_000).replaceAll(/"|:1/g, '').replaceAll(',', '=&');
    const { json } = await server.call('GET', `/ai-interviews?${query}`);
    expect(problemIn(json).errors).toHaveLength(100);
  });

  it('a name that fills the body is shown by its beginning', async () => {
    for (const way of ways) {
      const { text } = await server.call('POST', way, { raw: `{"webhooks":{},"${'k.'.repeat(30_000)}":1}` });
      expect(text).toContain('k.k.k.');
      expect(text.length).toBeLessThan(2_000);
    }
  });
});

describe('what the framework refuses stays the caller’s mistake, and no error of ours', () => {
  it('a path parameter that is too long', async () => {
    const id = 'a'.repeat(2_001);
    const inbox = isLocalMode ? [`/inbox/${id}`] : [];
    for (const path of [`/ai-interviews/${id}`, `${settings}/${id}`, `/trpc/${id}`, ...inbox]) {
      const { status, json } = await server.call('GET', path);
      expect(status).toBe(414);
      expect(problemIn(json)).toMatchObject({ code: 'uri-too-long', title: 'Address too long' });
    }
    expect(server.logged()).not.toContain('"level":50');
  });

  it('input that is no JSON, in an address', async () => {
    const { status, text } = await server.call('GET', '/trpc/interviews.list?input=%7B%22geheim');
    expect(status).toBe(400);
    expect(text).toContain('"code":"malformed-request"');
    expect(text).not.toContain('geheim');
  });
});
