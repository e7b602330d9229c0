import fastify from 'fastify';
import { signedPosts } from '../signed-post.ts';
import { agendaQueue } from './agenda-queue.ts';
import { bullmqQueue } from './bullmq-queue.ts';

/**
 * A small server as somebody would build it around a queue: takes events over HTTP, acknowledges what is stored, and sends a
 * webhook for each. Given the queue's name, where its store is and the receiver's port; says where it listens.
 */
const [, , kind, store = '', port = ''] = process.argv;
const CONCURRENCY = 64;

const { post } = signedPosts(Number(port), CONCURRENCY);
const create = kind === 'bullmq' ? bullmqQueue : agendaQueue;
const queue = await create({ store, concurrency: CONCURRENCY, post });

const app = fastify();
app.post<{ Body: string[] }>('/starts', async ({ body }) => {
  await queue.add(body);
  return {};
});
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
process.on('disconnect', () => process.exit());
