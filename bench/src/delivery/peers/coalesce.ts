import { setImmediate as turn } from 'node:timers/promises';

const MAX_BATCH = 500;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Does something for many at a time: for all that was asked for while the batch before was under way.
 *
 * @param work does it for a batch, and gives what each item gets
 */
export function coalesce<Item, Result>(
  work: (items: readonly Item[]) => Promise<(item: Item) => Result>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;
  const run = async () => {
    isRunning = true;
    // What is asked for in the same turn of the event loop comes along.
    await turn();
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      try {
        const resultOf = await work(batch.map(({ item }) => item));
        for (const { item, resolve } of batch) resolve(resultOf(item));
      } catch (cause) {
        for (const { reject } of batch) reject(cause);
      }
    }
    isRunning = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void run();
    });
}
