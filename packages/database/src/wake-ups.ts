import { setTimeout as pause } from 'node:timers/promises';
import type { DirectCollections } from './models.ts';

/** From one wake-up to the next of this process: those asked for in between are one. */
const REST_MS = 20;

/** Lets other processes know, where they hear of changes, that there is something that they can do. */
export interface WakeUps {
  /** Deliveries are due that this process has no room for. Costs one small write at most every 20 ms. */
  readonly send: () => void;
  /** Resolves when all that was asked for is written, or could not be. */
  readonly idle: () => Promise<void>;
}

/**
 * A document of its own instead of a stream of the deliveries: under load hundreds of them change every second, and few of
 * these changes are another process's business.
 *
 * @param isHeard whether any process may hear of it; otherwise nothing is written
 */
export function createWakeUps({ wakeUps }: DirectCollections, isHeard: () => boolean): WakeUps {
  let isAsked = false;
  let sending: Promise<void> | undefined;

  const send = async () => {
    while (isAsked) {
      isAsked = false;
      await wakeUps
        // Journaled at once, like all that is written: a change is reported when it is there for good, no earlier.
        .updateOne({ _id: 'deliveries' }, { $inc: { count: 1 } }, { upsert: true })
        // Without it they find the work when they look by themselves.
        .catch(() => undefined);
      await pause(REST_MS, undefined, { ref: false });
    }
    sending = undefined;
  };

  return {
    send() {
      if (!isHeard()) return;
      isAsked = true;
      sending ??= send();
    },
    idle: () => sending ?? Promise.resolve(),
  };
}
