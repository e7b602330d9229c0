import { Problem, WebhookSettingsView } from '@interview-webhooks/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';
const runs = { numRuns: 400 };

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ RATE_LIMIT_PER_MINUTE: '1000000' });
});
afterAll(() => server[Symbol.asyncDispose]());

const SECRET = 'geheim-e5b1';
const anything = fc.anything({ withNullPrototype: false, maxDepth: 2 });
/** Usually what belongs there, often something near it, at times anything at all. */
const mostly = (...usual: unknown[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: anything });
const object = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: anything },
  );

const target = object({
  status: mostly(true, false, null, 'true'),
  url: fc.oneof(
    mostly('https://example.com/a', null, '', 'http://127.0.0.1/x', 'https://10.0.0.1', 'https://[::1]/'),
    fc.webUrl(),
  ),
});
const text = fc.oneof(mostly('user', '', null, 'a:b', 'X-Key', 'Host'), fc.string({ unit: 'binary' }));
const secret = fc.oneof(mostly(SECRET, '', null), fc.string());
const auth = object({
  type: mostly('basic', 'apikey', null, 'oauth'),
  status: mostly(true, false),
  basic: object({ username: text, password: secret, hasPassword: fc.boolean() }),
  apikey: object({ header: text, apikey: secret, key: text, value: secret, hasApikey: fc.boolean() }),
});
const body = object({
  webhooks: object({ start: target, submission: target, auth, submision: target }),
  updateAll: mostly(true, false),
});

/** As JSON. Through a list, where what JSON cannot say is null instead of nothing. */
const asJson = (value: unknown) =>
  JSON.stringify([value], (_key, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner,
  ).slice(1, -1);

it('whatever is posted: no 5xx, no secret in the answer, and what is refused changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(body.map(asJson), async (raw) => {
      const before = await server.call('GET', path);
      const answer = await server.call('POST', path, { raw });
      expect(answer.text).not.toContain(SECRET);
      if (answer.status === 200) {
        expect(JSON.stringify(WebhookSettingsView.parse(answer.json))).toBe(answer.text);
      } else {
        expect(answer.status).toBe(400);
        Problem.parse(answer.json);
      }
      const after = await server.call('GET', path);
      expect(after.text).toBe(answer.status === 200 ? answer.text : before.text);
    }),
    runs,
  );
});

it('whatever bytes are posted: no 5xx', async () => {
  const bytes = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.tuple(body.map(asJson), fc.nat(), fc.string({ maxLength: 3 })).map(([json, at, noise]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + noise + json.slice(cut + noise.length);
    }),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (raw) => {
      expect((await server.call('POST', path, { raw })).status).toBeLessThan(500);
    }),
    runs,
  );
});

it('whatever a path, a query or a key looks like: no 5xx', async () => {
  const segment = fc
    .string({ unit: 'binary', maxLength: 40 })
    .map((value) => encodeURIComponent(value.toWellFormed()));
  await fc.assert(
    fc.asyncProperty(segment, segment, async (id, query) => {
      for (const address of [
        `/ai-interviews/${id}?${query}`,
        `${path}/${id}`,
        `/ai-interviews?text=${query}&cursor=${id}`,
        `/trpc/${id}?input=${query}`,
      ]) {
        expect((await server.call('GET', address)).status).toBeLessThan(500);
      }
    }),
    { numRuns: 300 },
  );
});
