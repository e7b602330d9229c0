import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fuzzDocumentedRoute } from './support/documented-route.ts';
import { fuzzBodies } from './support/hostile-bodies.ts';
import { type TestServer, testServer } from './support/test-server.ts';

const path = '/ai-interviews/settings/webhooks';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ RATE_LIMIT_PER_MINUTE: '1000000' });
});
afterAll(() => server[Symbol.asyncDispose]());

it('whatever is posted: no 5xx, no secret in the answer, and what is refused changes nothing', async () => {
  const seed = randomInt(2 ** 31);
  console.log(`seed ${seed}; many more with: npm run fuzz -- --runs 100000`);
  await fuzzDocumentedRoute(server, { seed, runs: 500 });
});

it('however a body is sent, written or built: the rule that it breaks first answers, and nothing is changed', async () => {
  const seed = randomInt(2 ** 31);
  console.log(`seed ${seed}`);
  const { key } = await server.newWorkspace();
  await fuzzBodies(server, { seed, runs: 200, key });
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
