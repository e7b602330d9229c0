import { Queue } from 'bullmq';
import fastify from 'fastify';
import { api } from './api.ts';
import { connectionTo, QUEUE, type WebhookJob } from './jobs.ts';
import { openStore } from './store.ts';

/**
 * A service that does for an event what ours does, as its users would write it with Fastify, BullMQ and MongoDB: a call with a
 * key, which is looked up; the event stored with its response; a job; every attempt signed, sent and logged, and the log
 * listed. Its worker is a process of its own, as BullMQ advises: `worker-process.ts`.
 *
 * Given the socket of its Redis and the address of its MongoDB; says where it listens.
 */
const [, , redis = '', mongodb = ''] = process.argv;

const store = await openStore(mongodb);
const queue = new Queue<WebhookJob>(QUEUE, { connection: connectionTo(redis) });
await queue.waitUntilReady();

const app = fastify();
api(app, { store, queue });
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
process.on('disconnect', () => process.exit());
