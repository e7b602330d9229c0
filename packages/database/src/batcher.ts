/**
 * Collects work while the batch before is being done, and then does it all at once: under load one write serves
 * many, without load nothing waits.
 *
 * @param work does one batch; when it throws, all of that batch's promises are rejected
 */
export function createBatcher<Item, Result = void>(
  work: (items: readonly Item[]) => Promise<Result>,
  { maxItems = 500 } = {},
) {
  interface Waiting {
    item: Item;
    resolve: (result: Result) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  const runAll = async () => {
    // Whatever is added in this turn of the event loop belongs to the first batch.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      try {
        const result = await work(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve(result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = undefined;
  };

  return {
    /** Does `item` with the next batch, and gives that batch's result. */
    add(item: Item): Promise<Result> {
      const done = new Promise<Result>((resolve, reject) => waiting.push({ item, resolve, reject }));
      running ??= runAll();
      return done;
    },
    /** Resolves when nothing is waiting or being done. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}
