import { setTimeout as pause } from 'node:timers/promises';
import { OperationDeadlineError } from './errors.ts';

/** The rest of what no caller waits for, for {@link BatcherOptions.restMs}; docs/benchmarks.md has what it is worth. */
export const BEHIND_REST_MS = 10;

/** A write that a member which is gone does not answer keeps nobody from another one for longer. */
export const WRITE_PATIENCE_MS = 1_000;

/** How many items may wait: more than come within a call's deadline, and a few megabytes. */
const MAX_WAITING = 20_000;

export interface BatcherOptions {
  maxItems?: number;
  /**
   * So long a batch waits for the one before it; without end unless given. For what only reads, and for writes that may go on
   * side by side: what is not answered, by a member that is not there any more, must not keep others from being asked.
   */
  patienceMs?: number;
  /**
   * So long nothing is begun after a batch of several, so that more come together: where many ask, each statement less is
   * worth more than the time it waits. Whoever asks alone never waits.
   */
  restMs?: number;
}

/**
 * Collects work while the batch before is being done, and then does it all at once: under load one statement serves
 * many, without load nothing waits.
 *
 * @param work does one batch; when it throws, all of that batch's promises are rejected
 */
export function createBatcher<Item, Result = void>(
  work: (items: readonly Item[]) => Promise<Result>,
  { maxItems = 500, patienceMs, restMs = 0 }: BatcherOptions = {},
) {
  interface Waiting {
    item: Item;
    resolve: (result: Result) => void;
    reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  const underWay = new Set<Promise<void>>();

  const doBatch = async (batch: readonly Waiting[]) => {
    try {
      const result = await work(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve(result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const runAll = async () => {
    // Whatever is added in this turn of the event loop belongs to the first batch.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      const done = doBatch(batch).finally(() => underWay.delete(done));
      underWay.add(done);
      await (patienceMs === undefined ? done : atMost(patienceMs, done));
      if (restMs > 0 && batch.length > 1 && waiting.length < maxItems) await pause(restMs);
    }
    running = undefined;
  };

  return {
    /**
     * Does `item` with the next batch, and gives that batch's result.
     *
     * @throws OperationDeadlineError where 20,000 wait already
     */
    add(item: Item): Promise<Result> {
      if (waiting.length >= MAX_WAITING)
        return Promise.reject(new OperationDeadlineError(`${MAX_WAITING} others wait for the database`));
      const done = new Promise<Result>((resolve, reject) => waiting.push({ item, resolve, reject }));
      running ??= runAll();
      return done;
    },
    /** Resolves when nothing is waiting or being done. */
    async idle(): Promise<void> {
      while (running ?? underWay.size > 0) await Promise.all([running, ...underWay]);
    },
  };
}

function atMost(ms: number, done: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void done.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
