import { openDatabase } from '@interview-webhooks/database';
import fastify from 'fastify';

/**
 * What a route costs that keeps no promise: no key, no rules, no log. Writes with one insert that waits for the journal and
 * one read, as a route would that just stores what it gets; reads without a database.
 *
 * Given the database's address and name; says where it listens.
 */
const [, , uri = '', name = ''] = process.argv;
const database = openDatabase(uri, { name });
await database.connect();
const bare = database.workspaces.db.collection('bare');

const app = fastify();
app.post('/settings', async ({ body }) => {
  // Acknowledged as all of ours are: journaled, of a replica set by a majority.
  const { insertedId } = await bare.insertOne({ body });
  return bare.findOne({ _id: insertedId });
});
const settings = {
  webhooks: {
    start: { status: true, url: 'https://example.com/webhook/start' },
    submission: { status: false, url: null },
    auth: null,
  },
};
app.get('/settings', () => settings);
process.send?.(await app.listen({ port: 0, host: '127.0.0.1' }));
process.on('disconnect', () => process.exit());
