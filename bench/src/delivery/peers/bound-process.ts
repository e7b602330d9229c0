import { eventId } from '@interview-webhooks/webhooks';
import fastify from 'fastify';
import { MongoClient, ObjectId } from 'mongodb';
import { Pool } from 'undici';
import { coalesce } from './coalesce.ts';
import { durable } from './durable.ts';

/**
 * The bound: the least that a durable webhook server on MongoDB can do for an event. One read; one journaled write of response
 * and outbox entry; the acknowledgement; the webhook, from memory; one write of the delivery; one that removes the entry. Each is
 * batched with what is asked for while the one before is under way. No key, no rules, no signature, no log.
 *
 * Given the database's address; says where it listens.
 */
const [, , address = ''] = process.argv;
const CONNECTIONS = 64;
const LEASE_MS = 5_000;
const SETUP_CHUNK = 1_000;
const MAX_BODY_BYTES = 1 << 20;

interface Response {
  _id: ObjectId;
  /** Its place among those that were set up. */
  n: number;
  name: string;
  status: 'Invited' | 'Started';
  startedAt?: Date;
  outbox?: { event: 'start'; until: Date }[];
}

interface Delivery {
  _id: string;
  state: 'delivered';
  body: string;
  attempts: { at: Date; status: number }[];
}

const client = await MongoClient.connect(address);
const database = client.db('bound');
const responses = database.collection<Response>('responses');
const deliveries = database.collection<Delivery>('deliveries');
const journaled = { ordered: false, writeConcern: durable(address) } as const;

const read = coalesce(async (ids: readonly ObjectId[]) => {
  const found = await responses.find({ _id: { $in: [...ids] } }).toArray();
  const byId = new Map(found.map((response) => [response._id.toHexString(), response]));
  return (id) => byId.get(id.toHexString());
});

const record = coalesce(async (ids: readonly ObjectId[]) => {
  const startedAt = new Date();
  const until = new Date(startedAt.getTime() + LEASE_MS);
  const update = {
    $set: { status: 'Started', startedAt },
    $push: { outbox: { event: 'start', until } },
  } as const;
  await responses.bulkWrite(
    ids.map((_id) => ({ updateOne: { filter: { _id, status: 'Invited' }, update } })),
    journaled,
  );
  return () => undefined;
});

const store = coalesce(async (sent: readonly { id: ObjectId; body: string; status: number }[]) => {
  const delivered = sent.map(({ id, body, status }): Delivery => {
    const _id = eventId(id.toHexString(), 'ai_interview.start');
    return { _id, state: 'delivered', body, attempts: [{ at: new Date(), status }] };
  });
  await deliveries.insertMany(delivered, { ordered: false });
  const update = { $pull: { outbox: { event: 'start' } } } as const;
  await responses.bulkWrite(
    sent.map(({ id }) => ({ updateOne: { filter: { _id: id }, update } })),
    journaled,
  );
  return () => undefined;
});

let receiver: { pool: Pool; path: string } | undefined;

async function deliver({ _id, n, name }: Response): Promise<void> {
  if (!receiver) throw new Error('the bound has no receiver yet: POST /setup names it');
  const id = _id.toHexString();
  const body = JSON.stringify({ event: 'ai_interview.start', response_id: id, candidate_name: name, n });
  const headers = { 'content-type': 'application/json', 'webhook-id': eventId(id, 'ai_interview.start') };
  const answer = await receiver.pool.request({ method: 'POST', path: receiver.path, headers, body });
  await answer.body.dump();
  await store({ id: _id, body, status: answer.statusCode });
}

const app = fastify({ bodyLimit: MAX_BODY_BYTES });

app.post<{ Body: { url: string; count: number } }>('/setup', async ({ body: { url, count } }) => {
  const { origin, pathname } = new URL(url);
  receiver = { pool: new Pool(origin, { connections: CONNECTIONS }), path: pathname };
  const invited = Array.from({ length: count }, (_, n): Response => {
    return { _id: new ObjectId(), n, name: 'Ada Lovelace', status: 'Invited' };
  });
  for (let at = 0; at < count; at += SETUP_CHUNK)
    await responses.insertMany(invited.slice(at, at + SETUP_CHUNK));
  return { ids: invited.map(({ _id }) => _id) };
});

/** Takes the ids of the responses that have started. */
app.post<{ Body: string[] }>('/starts', async ({ body: ids }) => {
  const start = async (id: string) => {
    const response = await read(new ObjectId(id));
    if (!response) throw new Error(`there is no response ${id}`);
    await record(response._id);
    // After the acknowledgement, which this turn of the event loop still sends.
    setImmediate(() => void deliver(response));
  };
  await Promise.all(ids.map(start));
  return {};
});

process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
process.on('disconnect', () => process.exit());
