/**
 * Measures the documented route and the tRPC mutation beside a bare Fastify route on the same database, each in turn within
 * one run.
 *
 *     npm run bench:settings [-- --seconds 5]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { startStack } from '../system/stack.ts';
import { type Figures, load, type Load } from './load.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '5' } } });
const seconds = Number(values.seconds);
const WARM_UP_SECONDS = 2;
const CONNECTIONS = [1, 16, 64];
const DOCUMENTED = '/ai-interviews/settings/webhooks';

interface Case extends Omit<Load, 'connections' | 'seconds'> {
  name: string;
  /** What it is compared with; none for what others are compared with. */
  beside?: string;
}

interface Found extends Figures {
  name: string;
  connections: number;
  share: number | undefined;
}

const where = machine();
await using stack = await startStack({ workers: 1 });
const { url, apiKey } = stack.server;
const bareProcess = fork(fileURLToPath(new URL('bare-process.ts', import.meta.url)), [
  stack.databaseUri,
  stack.databaseName,
]);
const [bareUrl] = (await once(bareProcess, 'message')) as [string]; // where it listens

const asKey = { apiKey };
/** To an address, not to a name: what is measured is not the name server. */
const change = (n: number) => ({
  webhooks: { start: { status: true, url: `https://203.0.114.1/webhook/start/${n}` } },
});
const cases: Case[] = [
  { name: 'bare: insert and find', url: `${bareUrl}/settings`, headers: {}, body: change },
  { name: 'POST', url: url + DOCUMENTED, headers: asKey, body: change, beside: 'bare: insert and find' },
  {
    name: 'tRPC',
    url: `${url}/trpc/settings.updateWebhookSettings`,
    headers: asKey,
    body: change,
    beside: 'bare: insert and find',
  },
  { name: 'bare: no database', url: `${bareUrl}/settings`, headers: {} },
  { name: 'GET', url: url + DOCUMENTED, headers: asKey, beside: 'bare: no database' },
];

try {
  for (const one of cases) await load({ ...one, connections: 16, seconds: WARM_UP_SECONDS });
  const found: Found[] = [];
  for (const connections of CONNECTIONS) {
    for (const { name, beside, ...of } of cases) {
      process.stderr.write(`${name}, ${connections} …\n`);
      const figures = await load({ ...of, connections, seconds });
      const other = found.find((one) => one.name === beside && one.connections === connections);
      found.push({ name, connections, ...figures, share: other && figures.perSecond / other.perSecond });
    }
  }
  const rows = found.map(({ name, connections, perSecond, p50Ms, p99Ms, share }) => [
    name,
    connections,
    perSecond.toFixed(0),
    p50Ms.toFixed(1),
    p99Ms.toFixed(1),
    share && `${(100 * share).toFixed(0)} %`,
  ]);
  console.log(
    `${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}, ${seconds} s each\n`,
  );
  console.log(table(['request', 'connections', 'per second', 'p50 ms', 'p99 ms', 'of the bare one'], rows));
  console.log(`\n${await saveResults('settings', { machine: where, seconds, found })}`);
} finally {
  bareProcess.kill();
}
