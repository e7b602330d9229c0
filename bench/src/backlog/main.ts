/**
 * Measures what happens when a receiver's outage ends: 1,000,000 deliveries are due at once, nine tenths of them of one
 * workspace. How long it takes, what it needs, whether ten small workspaces have to wait for the large one, and how the API
 * answers meanwhile.
 *
 *     npm run bench:backlog [-- --deliveries 100000]
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { addressOf } from '../delivery/manner.ts';
import { loadReceiver } from '../delivery/receiver.ts';
import { percentile } from '../report/percentile.ts';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { residentMb } from '../system/memory.ts';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { type Stack, startStack } from '../system/stack.ts';
import { type Backlog, seedBacklog } from './seed-backlog.ts';

const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '1000000' } } });
const deliveries = Number(values.deliveries);
const SMALL = 10;
const LARGE_SHARE = 0.9;
/** Slower than it is done here, so that nothing is due before all is there. */
const SEEDED_PER_SECOND = 5_000;
const ASK_EVERY_MS = 100;

async function measure() {
  using receiver = await loadReceiver();
  await using stack = await startStack({ workers: 1 });
  const dueInMs = 5_000 + (deliveries / SEEDED_PER_SECOND) * 1_000;
  const dueAtMs = monotonicMs() + dueInMs;
  const dueAt = new Date(Date.now() + dueInMs);
  const large = Math.round(deliveries * LARGE_SHARE);
  const backlogs: Backlog[] = [];
  for (let n = 0; n <= SMALL; n++) {
    const name = n === 0 ? 'large' : `small ${n}`;
    const count = n === 0 ? large : Math.round((deliveries - large) / SMALL);
    const url = `http://${addressOf(n)}:${receiver.port}/hooks/start`;
    backlogs.push(await seedBacklog(stack.database, { name, deliveries: count, url, dueAt }));
    process.stderr.write(`  ${name}: ${count.toLocaleString('en')} deliveries\n`);
  }
  if (monotonicMs() > dueAtMs) throw new Error('the deliveries were due before all of them were there');
  await pause(dueAtMs - monotonicMs());
  const watched = watch(stack);
  await receiver.until(backlogs.reduce((sum, { deliveryIds }) => sum + deliveryIds.size, 0));
  const { answersMs, mostMb } = await watched.stop();
  const doneMs = (ids: ReadonlySet<string>) => {
    let last = 0;
    for (const id of ids) last = Math.max(last, receiver.arrivedAtMs.get(id) ?? NaN);
    return last - dueAtMs;
  };
  return {
    workspaces: backlogs.map(({ name, deliveryIds }) => ({
      name,
      deliveries: deliveryIds.size,
      doneMs: doneMs(deliveryIds),
    })),
    repeats: receiver.repeats(),
    answersMs,
    mostMb,
  };
}

/** Asks the API for the settings again and again, and looks at the server's memory. */
function watch({ server }: Stack) {
  const answersMs: number[] = [];
  let mostMb = 0;
  const stopping = new AbortController();
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const began = monotonicMs();
      await server.rest('GET', '/ai-interviews/settings/webhooks');
      answersMs.push(monotonicMs() - began);
      mostMb = Math.max(mostMb, await residentMb(server.pid));
      await pause(ASK_EVERY_MS);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await watching;
      return { answersMs, mostMb };
    },
  };
}

const where = machine();
const found = await measure();
const { workspaces, answersMs, mostMb, repeats } = found;
const rows = workspaces.map(({ name, deliveries: count, doneMs }) => [
  name,
  count.toLocaleString('en'),
  (doneMs / 1_000).toFixed(1),
]);
const lastMs = Math.max(...workspaces.map(({ doneMs }) => doneMs));
console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}\n`);
console.log(table(['workspace', 'due at once', 'all arrived after s'], rows));
console.log(`
${((deliveries / lastMs) * 1_000).toFixed(0)} deliveries a second, ${repeats} repeats; server at most ${mostMb.toFixed(0)} MB
GET of the settings meanwhile: p50 ${percentile(answersMs, 0.5).toFixed(1)} ms, p99 ${percentile(answersMs, 0.99).toFixed(1)} ms`);
console.log(`\n${await saveResults('backlog', { machine: where, deliveries, ...found })}`);
