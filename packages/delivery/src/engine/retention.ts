import { setTimeout as pause } from 'node:timers/promises';
import type { EngineOptions } from './engine-options.ts';

/** From one look to the next. Where nothing is over, it is one question of an index for each collection. */
const SWEEP_EVERY_MS = 15_000;
/** The same in a replica set after a look that found nothing: its own monitor does it, unless that is switched off or behind. */
const REPLICA_SET_SWEEP_EVERY_MS = 600_000;
const BATCH = 500;
/** Between two batches, which leaves the database to others. */
const REST_MS = 20;

/**
 * Removes what is over, whether the database has a monitor for that or not: the embedded engine has none. Each step
 * is bounded and a delete by itself, so that one that is cut short leaves nothing to repair, and any number of engines may
 * do the same.
 */
export function createRetention(
  { services, log, timers }: Pick<EngineOptions, 'services' | 'log' | 'timers'>,
  isStopped: () => boolean,
) {
  const { database, now } = services;
  let working: Promise<number> | undefined;
  let cancel: (() => void) | undefined;

  const sweep = async () => {
    let removed = 0;
    for (const expiring of database.expiring) {
      try {
        for (let found = BATCH; found === BATCH && !isStopped();) {
          found = await expiring.remove(now(), BATCH);
          removed += found;
          if (found === BATCH) await pause(REST_MS);
        }
      } catch (error) {
        log.error(
          { err: error, collection: expiring.collection },
          'what is over could not be removed; it is tried again',
        );
      }
    }
    working = undefined;
    return removed;
  };
  const sweepOnce = (): Promise<number> => (working ??= sweep());
  const sweepAgain = async (): Promise<void> => {
    const removed = await sweepOnce();
    if (isStopped()) return;
    const isLookedAfter = database.changes.isOffered() && removed === 0;
    cancel = timers.after(isLookedAfter ? REPLICA_SET_SWEEP_EVERY_MS : SWEEP_EVERY_MS, sweepAgain);
  };

  return {
    /** @returns how many documents it removed */
    sweep: sweepOnce,
    /** Sweeps now, and again and again. */
    start: () => void sweepAgain(),
    /** Resolves when nothing is being removed any more. */
    stop: async (): Promise<void> => {
      cancel?.();
      await working;
    },
  };
}
