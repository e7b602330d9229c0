/**
 * Measures what endpoints that hang or fail cost all the others: of 100 endpoints 5 never answer and 5 always fail, beside
 * the same load with all of them well; and once more with 5 whose DNS is silent.
 *
 *     npm run bench:isolation [-- --seconds 60]
 */
import { parseArgs } from 'node:util';
import { offer } from '../delivery/load.ts';
import { mannerOf } from '../delivery/manner.ts';
import { loadReceiver } from '../delivery/receiver.ts';
import { isSilent } from '../delivery/silent-names.ts';
import { openSubject } from '../delivery/subject.ts';
import { percentile } from '../report/percentile.ts';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '40' } } });
const seconds = Number(values.seconds);
const WARM_UP_MS = 3_000;
const ENDPOINTS = 100;
const BAD_EVERY = 20;
/** Half of what the machine is good for: what is measured is what is in the way, not how busy it is. */
const PER_SECOND = 250;

async function measure({ badEvery = 0, silentEvery = 0 }): Promise<number[]> {
  using receiver = await loadReceiver({ badEvery });
  const load = { workers: 1, endpoints: ENDPOINTS, by: 'REST', offeredPerSecond: PER_SECOND } as const;
  const options = { ...load, silentEvery };
  const responses = seconds * PER_SECOND;
  await using subject = await openSubject(options, { receiver, responses });
  const took = await offer({ recorder: subject.starts, receiver }, subject.ids, {
    perSecond: PER_SECOND,
    warmUpMs: WARM_UP_MS,
    arrives: (n) => mannerOf(n % ENDPOINTS, badEvery) === 'well' && !isSilent(n % ENDPOINTS, silentEvery),
  });
  return took.map(({ ackToReceiptMs }) => ackToReceiptMs);
}

const where = machine();
const found = [
  { name: 'all are well', tookMs: await measure({}) },
  { name: '5 % hang, 5 % fail', tookMs: await measure({ badEvery: BAD_EVERY }) },
  { name: '5 % with silent DNS', tookMs: await measure({ silentEvery: BAD_EVERY }) },
];
const [well] = found;
const rows = found.map(({ name, tookMs }) => [
  name,
  tookMs.length,
  ...[0.5, 0.99, 1].map((share) => percentile(tookMs, share).toFixed(1)),
  `${(percentile(tookMs, 0.99) / percentile(well?.tookMs ?? [], 0.99)).toFixed(2)} x`,
]);
console.log(`${where.cores} × ${where.processor}, Node ${where.node}, load before ${where.load.join(' ')}`);
console.log(
  `${PER_SECOND} events/s to ${ENDPOINTS} endpoints for ${seconds} s; of the endpoints that are well:\n`,
);
console.log(table(['endpoints', 'webhooks', 'p50 ms', 'p99 ms', 'worst ms', 'p99 beside'], rows));
console.log(`\n${await saveResults('isolation', { machine: where, seconds, found })}`);
