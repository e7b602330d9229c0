import { Worker } from 'bullmq';
import { delivery } from './deliver.ts';
import { connectionTo, QUEUE, type WebhookJob } from './jobs.ts';
import { openStore } from './store.ts';

/** Sends what `api-process.ts` was called for. Given the same two addresses; says when it is ready. */
const [, , redis = '', mongodb = ''] = process.argv;
const CONCURRENCY = 64;

const deliver = delivery(await openStore(mongodb), CONCURRENCY);
const worker = new Worker<WebhookJob>(QUEUE, (job) => deliver(job.data, job.attemptsMade + 1), {
  connection: connectionTo(redis),
  concurrency: CONCURRENCY,
});
await worker.waitUntilReady();
process.send?.('ready');
process.on('disconnect', () => process.exit());
