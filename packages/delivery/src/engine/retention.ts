import { setTimeout as pause } from 'node:timers/promises';
import type { EngineOptions } from './engine-options.ts';

/** From one look to the next. Where nothing is over, it is one question of an index for each collection. */
export const SWEEP_EVERY_MS = 15_000;
const BATCH = 500;
/** Between two batches, which leaves the database to others. */
const REST_MS = 20;

/**
 * Removes what is over, whether the database has a monitor for that or not: the embedded engine has none. Each step
 * is bounded and a delete by itself, so that one that is cut short leaves nothing to repair, and any number of engines may
 * do the same.
 */
export function createRetention(
  { services, log }: Pick<EngineOptions, 'services' | 'log'>,
  isStopped: () => boolean,
) {
  const { database, now } = services;
  let working: Promise<void> | undefined;

  const sweep = async () => {
    for (const expiring of database.expiring) {
      try {
        while (!isStopped() && (await expiring.remove(now(), BATCH)) === BATCH) await pause(REST_MS);
      } catch (error) {
        log.error(
          { err: error, collection: expiring.collection },
          'what is over could not be removed; it is tried again',
        );
      }
    }
    working = undefined;
  };

  return {
    sweep: (): Promise<void> => (working ??= sweep()),
    /** Resolves when nothing is being removed. */
    idle: () => working ?? Promise.resolve(),
  };
}
