/**
 * Collects work while the batch before is being done, and then does it all at once: under load one write serves
 * many, without load nothing waits.
 *
 * @param work does one batch; when it throws, all of that batch's promises are rejected
 */
export function createBatcher<Item>(
  work: (items: readonly Item[]) => Promise<void>,
  { maxItems = 500 } = {},
) {
  interface Waiting {
    item: Item;
    resolve: () => void;
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
        await work(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = undefined;
  };

  return {
    /** Does `item` with the next batch. */
    add(item: Item): Promise<void> {
      const done = new Promise<void>((resolve, reject) => waiting.push({ item, resolve, reject }));
      running ??= runAll();
      return done;
    },
    /** Resolves when nothing is waiting or being done. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}
