import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, backoffStrategies } from 'agenda';
import { MongoClient } from 'mongodb';
import { durable } from './durable.ts';
import { FIRST_RETRY_MS, type PeerOptions, type PeerQueue, RETRIES } from './queue.ts';

const NAME = 'webhook';

export async function agendaQueue({ store, concurrency, post }: PeerOptions): Promise<PeerQueue> {
  const client = await MongoClient.connect(store, { writeConcern: durable(store) });
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: client.db('agenda') }),
    processEvery: 100,
    maxConcurrency: concurrency,
    defaultConcurrency: concurrency,
  });
  const backoff = backoffStrategies.exponential({ delay: FIRST_RETRY_MS, maxRetries: RETRIES });
  agenda.define<{ id: string }>(NAME, ({ attrs }) => post(attrs.data.id), { backoff });
  await agenda.start();
  return {
    add: async (ids) => {
      await Promise.all(ids.map((id) => agenda.now(NAME, { id })));
    },
  };
}
