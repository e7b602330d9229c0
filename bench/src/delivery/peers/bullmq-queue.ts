import { Queue, Worker } from 'bullmq';
import { FIRST_RETRY_MS, type PeerOptions, type PeerQueue, RETRIES } from './queue.ts';

const NAME = 'webhooks';

export async function bullmqQueue({ store, concurrency, post }: PeerOptions): Promise<PeerQueue> {
  const connection = { path: store, maxRetriesPerRequest: null };
  const queue = new Queue<{ id: string }>(NAME, { connection });
  const worker = new Worker<{ id: string }>(NAME, ({ data }) => post(data.id), { connection, concurrency });
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  // What is done stays, as ours does: it is the log.
  const opts = { attempts: RETRIES + 1, backoff: { type: 'exponential', delay: FIRST_RETRY_MS } };
  return {
    add: async (ids) => {
      await queue.addBulk(ids.map((id) => ({ name: NAME, data: { id }, opts: { ...opts, jobId: id } })));
    },
  };
}
