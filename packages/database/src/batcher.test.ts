import { expect, it } from 'vitest';
import { createBatcher } from './batcher.ts';

it('does at once what came while the batch before was being done', async () => {
  const batches: number[][] = [];
  const batcher = createBatcher<number>(async (items) => {
    batches.push([...items]);
    if (batches.length === 1) for (const late of [3, 4]) void batcher.add(late);
    await Promise.resolve();
  });
  await Promise.all([batcher.add(1), batcher.add(2)]);
  await batcher.idle();
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

it('tells all of a batch that failed, and goes on with the next', async () => {
  const batcher = createBatcher<number>(
    (items) => (items.includes(1) ? Promise.reject(new Error('no')) : Promise.resolve()),
    { maxItems: 1 },
  );
  const [first, second] = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
});
