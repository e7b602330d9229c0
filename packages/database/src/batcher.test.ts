import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createBatcher } from './batcher.ts';
import { isDatabaseUnavailable } from './errors.ts';

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

it('rests after a batch of several, so that more come together, and not after one alone', async () => {
  const batches: number[][] = [];
  const batcher = createBatcher<number>(
    (items) => {
      batches.push([...items]);
      return Promise.resolve();
    },
    { restMs: 50 },
  );
  await batcher.add(1);
  await batcher.add(2);
  await Promise.all([batcher.add(3), batcher.add(4)]);
  const later = batcher.add(5);
  await pause(10);
  expect(batches).toEqual([[1], [2], [3, 4]]);
  await Promise.all([later, batcher.add(6)]);
  expect(batches).toEqual([[1], [2], [3, 4], [5, 6]]);
});

it('a batch that is full goes without a rest', async () => {
  const sizes: number[] = [];
  const batcher = createBatcher<number>(
    (items) => {
      sizes.push(items.length);
      return Promise.resolve();
    },
    { maxItems: 2, restMs: 10_000 },
  );
  await Promise.all([1, 2, 3, 4].map((item) => batcher.add(item)));
  expect(sizes).toEqual([2, 2]);
});

it('does not wait for a batch that is not over for longer than its patience', async () => {
  const batches: number[][] = [];
  let goOn = (): void => undefined;
  const hanging = new Promise<void>((resolve) => (goOn = resolve));
  const batcher = createBatcher<number>(
    async (items) => {
      batches.push([...items]);
      if (items.includes(1)) await hanging;
    },
    { patienceMs: 1 },
  );
  const first = batcher.add(1);
  await expect.poll(() => batches.length).toBe(1);
  await batcher.add(2);
  expect(batches).toEqual([[1], [2]]);
  goOn();
  await first;
});

it('refuses what would wait behind too many others, so that memory is bounded while a database is away', async () => {
  const batcher = createBatcher<number>(() => new Promise(() => undefined), { maxItems: 1 });
  const added = Array.from({ length: 20_000 }, (_, item) => batcher.add(item).catch(() => undefined));
  const refusal: unknown = await batcher.add(-1).catch((error: unknown) => error);
  expect(isDatabaseUnavailable(refusal)).toBe(true);
  expect(added.length).toBe(20_000);
});
