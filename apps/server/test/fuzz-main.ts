import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzzDocumentedRoute } from './support/documented-route.ts';
import { fuzzBodies } from './support/hostile-bodies.ts';
import { testServer } from './support/test-server.ts';

/** Workspaces side by side, each with its own part of the runs: settings are only comparable with one writer. */
const LANES = 4;
const REPORT_MS = 30_000;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, runs: { type: 'string', default: '10000' } },
});
const seed = values.seed === undefined ? randomInt(2 ** 31 - LANES) : Number(values.seed);
const runs = Number(values.runs);
console.log(`seed ${seed}; again with: npm run fuzz -- --runs ${runs} --seed ${seed}`);

await using server = await testServer({ RATE_LIMIT_PER_MINUTE: '100000000', LOG_LEVEL: 'error' });
const statuses = new Map<number, number>();
const startedAt = performance.now();
const seconds = () => Math.round((performance.now() - startedAt) / 1000);
const summary = () => JSON.stringify(Object.fromEntries(statuses));
const report = setInterval(() => {
  console.log(`${seconds()} s: ${summary()}`);
}, REPORT_MS);
try {
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      const { key } = await server.newWorkspace();
      const share = Math.floor(runs / LANES) + (lane < runs % LANES ? 1 : 0);
      const onAnswer = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
      // One in five is about how a body is sent and built, the others about what it says.
      const hostile = Math.floor(share / 5);
      await fuzzDocumentedRoute(server, { seed: seed + lane, runs: share - hostile, key, onAnswer });
      if (hostile > 0) await fuzzBodies(server, { seed: seed + lane, runs: hostile, key, onAnswer });
    }),
  );
  console.log(`${runs} bodies in ${seconds()} s, answered ${summary()}: every promise kept.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  clearInterval(report);
}
