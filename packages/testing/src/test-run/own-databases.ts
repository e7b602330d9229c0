import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { afterAll } from 'vitest';
import { FILE_PREFIX, RUN_URI } from './run-database.ts';

// Set up in each test file: its databases begin with a name of their own, and are dropped after it.
const prefix = `test_${randomBytes(6).toString('hex')}`;
process.env[FILE_PREFIX] = prefix;

afterAll(async () => {
  const client = new MongoClient(process.env[RUN_URI] ?? '');
  try {
    const filter = { name: { $regex: `^${prefix}` } };
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true, filter });
    for (const { name } of databases) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
});
