import { expect, it } from 'vitest';
import { ObjectId } from '../object-id.ts';
import { testDatabase } from '../testing/test-database.ts';

const ENOUGH_FOR_A_LONG_TRIAL = 20_000;

it('a filter that several indexes could serve, and nothing matches, finds nothing', async () => {
  await using test = await testDatabase();
  const { attempts } = test.database;
  const collection = attempts.collection;
  await collection.createIndexes([{ key: { one: 1, at: 1 } }, { key: { other: 1, at: 1 } }]);
  const documents = Array.from({ length: ENOUGH_FOR_A_LONG_TRIAL }, (_, at) => ({
    _id: new ObjectId(),
    one: 1,
    other: 1,
    at,
    text: 'a',
  }));
  await collection.insertMany(documents);
  const found = collection.find({ one: 1, other: 1, text: 'b' }).sort({ at: -1 }).limit(10);
  expect(await found.toArray()).toEqual([]);
});
