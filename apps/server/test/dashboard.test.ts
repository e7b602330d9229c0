import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const page = (path: string) => server.call('GET', path, { key: null, headers: { accept: 'text/html' } });

it('every address that is not the API’s is a page, and never cached', async () => {
  for (const path of ['/', '/settings', '/settings/anything']) {
    const { status, text, headers } = await page(path);
    expect(status).toBe(200);
    expect(text).toContain('<div id="root">');
    expect(headers.get('cache-control')).toBe('no-cache');
  }
});

it('assets are kept for a year and sent compressed', async () => {
  const [script] = /\/assets\/[^"]+\.js/.exec((await page('/')).text) ?? [];
  for (const [encoding, answered] of [
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const response = await fetch(server.url + String(script), { headers: { 'accept-encoding': encoding } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBe(answered);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toContain('javascript');
    // Whoever does not read the answer keeps the server from closing.
    await response.arrayBuffer();
  }
});

it('the API’s addresses and missing files are no pages', async () => {
  expect((await page('/ai-interviews')).status).toBe(401);
  expect((await page('/trpc/nope')).headers.get('content-type')).toContain('json');
  const missing = await server.call('GET', '/assets/gone.js', { key: null });
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-type')).toContain('application/problem+json');
});
