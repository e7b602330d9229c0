import type { Inbox, InboxAnswer } from '@interview-webhooks/schema';
import { request } from 'node:http';
import { isLocalMode } from '@interview-webhooks/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subscribe } from './support/subscription.ts';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ WEBHOOK_TIMEOUT_SECONDS: '1', WEBHOOK_RETRY_SCHEDULE: '1s,1s,1s' });
});
afterAll(() => server[Symbol.asyncDispose]());

async function inbox(procedure: string, input: object): Promise<Inbox> {
  const answer =
    procedure === 'list'
      ? await server.call('GET', `/trpc/inbox.list?input=${encodeURIComponent(JSON.stringify(input))}`)
      : await server.call('POST', `/trpc/inbox.${procedure}`, { body: input });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return (answer.json as { result: { data: Inbox } }).result.data;
}
const read = (name: string) => inbox('list', { name });
const told = (name: string, answer: Partial<InboxAnswer>) => inbox('answer', { name, answer });
const rest = (method: string, path: string, body?: unknown) =>
  server.rest(method, `/ai-interviews${path}`, body) as Promise<Record<string, string>>;

describe.runIf(isLocalMode)('an inbox', () => {
  it('shows a webhook live, with its signature checked and its credentials masked', async () => {
    const { url } = await read('hooks');
    const auth = { type: 'apikey', apikey: { header: 'X-Hook-Key', apikey: 'very-secret' } };
    await rest('POST', '/settings/webhooks', { webhooks: { start: { status: true, url }, auth } });
    await using live = await subscribe({
      url: server.url,
      procedure: 'inbox.live',
      input: { name: 'hooks' },
      headers: { apiKey: server.key },
    });
    expect(await live.next()).toMatchObject({ data: { name: 'hooks', received: 0 } });
    const { ai_interview_id } = await rest('POST', '', { ai_interview_name: 'Backend' });
    const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
    const { response_id } = await rest('POST', '/invite', { ai_interview_id, ...candidate });
    await rest('POST', `/responses/${response_id}/start`);
    const shown = await live.next();
    expect(shown).toMatchObject({
      data: {
        received: 1,
        requests: [{ method: 'POST', signature: { ok: true, reason: 'signed with the secret' } }],
      },
    });
    const text = JSON.stringify(shown);
    expect(text).toContain(`evt_${response_id}_start`);
    expect(text).toContain('x-hook-key');
    expect(text).not.toContain('very-secret');
  });

  it('takes anything by any method, and says what is wrong with its signature', async () => {
    const send = (method: string, headers: Record<string, string>, body?: string) =>
      fetch(`${server.url}/inbox/anything?x=<script>`, { method, headers, ...(body && { body }) });
    expect((await send('PUT', { 'content-type': 'text/xml' }, '<a>\u0000</a>')).status).toBe(200);
    expect((await send('DELETE', { authorization: 'Bearer geheim' })).status).toBe(200);
    expect((await send('POST', { 'content-type': 'application/json' }, '{"broken')).status).toBe(200);
    const answer = await send('POST', {}, 'x'.repeat(100_000));
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const { requests, names } = await read('anything');
    expect(requests.map(({ method, body_bytes, truncated }) => [method, body_bytes, truncated])).toEqual([
      ['POST', 100_000, true],
      ['POST', 8, false],
      ['DELETE', 0, false],
      ['PUT', 8, false],
    ]);
    expect(requests[0]?.body).toHaveLength(24 * 1024);
    expect(requests[3]?.body).toBe('<a>\u0000</a>');
    expect(JSON.stringify(requests)).not.toContain('geheim');
    expect(requests[0]?.signature).toMatchObject({
      ok: false,
      reason: expect.stringContaining('not signed') as string,
    });
    expect(names).toContain('anything');
    expect((await inbox('clear', { name: 'anything' })).received).toBe(0);
    expect((await send('POST', {}, 'x'.repeat(2_000_000)).catch(() => ({ status: 413 }))).status).toBe(413);
  });

  it('keeps the last two hundred', async () => {
    for (let sent = 0; sent < 21; sent++) {
      const ten = Array.from({ length: 10 }, () =>
        server.call('POST', '/inbox/busy', { key: null, body: { sent } }),
      );
      await Promise.all(ten);
    }
    const { received, requests } = await inbox('list', { name: 'busy', limit: 200 });
    expect([received, requests.length, requests[0]?.body]).toEqual([200, 200, '{"sent":20}']);
  });

  it('answers as it is told, so that retries can be watched', async () => {
    const call = () => server.call('POST', '/inbox/told', { key: null, body: {} });
    await told('told', { mode: 'error' });
    expect((await call()).status).toBe(500);
    await told('told', { mode: 'rate-limit', seconds: 7 });
    const limited = await call();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    await told('told', { mode: 'slow', seconds: 1 });
    expect((await call()).status).toBe(200);
    // Slower than the server's own deadline for an attempt, or silent.
    const { url } = await told('told', { mode: 'slow', seconds: 30 });
    const attempt = { error: { code: 'timeout' } };
    expect(await rest('POST', '/settings/webhooks/test', { event: 'start', url })).toMatchObject(attempt);
    await told('told', { mode: 'never' });
    expect(await rest('POST', '/settings/webhooks/test', { event: 'start', url })).toMatchObject(attempt);
    expect((await read('told')).requests.map(({ answer }) => answer.mode)).toEqual([
      'never',
      'slow',
      'slow',
      'rate-limit',
      'error',
    ]);
  });

  it('refuses a name that is none, and leaves pages to the dashboard', async () => {
    const headers = { accept: 'text/html,*/*' };
    expect((await server.call('POST', '/inbox/..%2fetc', { key: null })).status).toBe(404);
    expect((await server.call('GET', '/inbox/page', { key: null, headers })).text).not.toContain('received');
    expect((await read('page')).received).toBe(0);
  });

  it('does not hold up a server that stops', async () => {
    const stopping = await testServer();
    const body = { name: 'held', answer: { mode: 'never' } };
    await stopping.call('POST', '/trpc/inbox.answer', { body });
    const ended = new Promise((resolve) => {
      request(`${stopping.url}/inbox/held`, { method: 'POST' }).on('error', resolve).end();
    });
    const input = encodeURIComponent('{"name":"held"}');
    while (!(await stopping.call('GET', `/trpc/inbox.list?input=${input}`)).text.includes('"received":1'));
    await stopping[Symbol.asyncDispose]();
    await ended;
  });
});

it.runIf(isLocalMode)('is the first workspace’s only', async () => {
  const { key } = await server.newWorkspace();
  const input = encodeURIComponent('{"name":"hooks"}');
  expect((await server.call('GET', `/trpc/inbox.list?input=${input}`, { key })).status).toBe(404);
});
