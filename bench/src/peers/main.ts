/**
 * Measures a webhook server by its public API alone: first as many events as it takes with 64 calls under way, then so many
 * events a second. Without `--url` it starts the built server, and the least that can be done (`bound`), on each database.
 *
 *     npm run bench:peers [-- --databases embedded,mongod] [--calls 10000] [--rates 200,500] [--seconds 20]
 *     npm run bench:peers -- --url http://127.0.0.1:3000 --key KEY [--pids SERVER,DATABASE] [--adapter /path/of/adapter.ts]
 *
 * A server of ours that is started by hand needs RATE_LIMIT_PER_MINUTE=100000000, and may send to this machine.
 */
import { parseArgs } from 'node:util';
import { machine, saveResults } from '../report/results.ts';
import { parseDatabases } from '../system/bench-database.ts';
import { adapterOf, type WebhookServer } from './adapter.ts';
import { measureServer, type ServerFigures, type ServerPlan } from './measure-server.ts';
import { serversTable } from './servers-table.ts';
import { startBound, startOurs } from './started.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    key: { type: 'string', default: '' },
    adapter: { type: 'string', default: 'ours' },
    /** Processes of the server at `--url` and of its stores, with commas between them. */
    pids: { type: 'string', default: '' },
    databases: { type: 'string', default: 'embedded' },
    calls: { type: 'string', default: '10000' },
    rates: { type: 'string', default: '200,500' },
    seconds: { type: 'string', default: '20' },
  },
});
/** @throws Error for what is no whole number above 0 */
function numbersIn(option: 'calls' | 'rates' | 'seconds' | 'pids'): number[] {
  return values[option].split(',').flatMap((text) => {
    const number = Number(text);
    if (text === '') return [];
    if (!Number.isInteger(number) || number < 1)
      throw new Error(`--${option} takes whole numbers from 1 on, not "${text}"`);
    return number;
  });
}
const [calls = 0] = numbersIn('calls');
const [seconds = 0] = numbersIn('seconds');
const plan = { warmUpCalls: 1_000, calls, seconds, rates: numbersIn('rates') };

const where = machine();
const found: { name: string; figures: ServerFigures }[] = [];
async function measure(name: string, adapterName: string, server: WebhookServer & Pick<ServerPlan, 'pids'>) {
  process.stderr.write(`${name} …\n`);
  const adapter = await adapterOf(adapterName);
  found.push({ name, figures: await measureServer(adapter, server, { ...plan, pids: server.pids }) });
}

if (values.url !== undefined) {
  const url = values.url.replace(/\/$/, '');
  await measure(values.adapter, values.adapter, { url, key: values.key, pids: numbersIn('pids') });
} else {
  for (const database of parseDatabases(values.databases)) {
    for (const [name, start] of [
      ['bound', startBound],
      ['ours', startOurs],
    ] as const) {
      await using server = await start(database);
      await measure(`${name}, ${database}`, name, server);
    }
  }
}

console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}\n`);
console.log(serversTable(found));
console.log(`\n${await saveResults('peers', { machine: where, plan, found })}`);
