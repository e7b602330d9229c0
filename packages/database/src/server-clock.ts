import { realTimers, type Timers } from './timers.ts';

const REFRESH_MS = 10_000;
/** An answer that took longer says little about when it was given. */
const USABLE_ROUND_TRIP_MS = 1_000;
/** Clocks that differ by less are taken to agree: that much may be the way of the question and the answer. */
const AGREEING_MS = 100;

export interface ServerClock {
  /** The server's time, as far as known; this machine's until the server was asked. */
  now(): Date;
  /** By how many milliseconds the server's clock is ahead of this machine's; 0 where they agree. */
  aheadMs(): number;
  /** Asks the server now, and every `everyMs` from here on: ten seconds unless given. */
  start(everyMs?: number): Promise<void>;
  /** Asks the server now; one that cannot be asked changes nothing. */
  refresh(): Promise<void>;
  stop(): void;
}

/** What a clock reads, in milliseconds since 1970. */
type ReadMs = () => number;

/**
 * The time that every process on one database agrees on, whatever its own machine's clock says: leases and due times
 * are compared between machines. Runs on between two questions by this machine's monotonic clock, so that setting the
 * machine's clock changes nothing.
 *
 * @param askServer the server's own time, in milliseconds since 1970
 */
export function createServerClock(
  askServer: () => Promise<number>,
  localMs: ReadMs = monotonicMs,
  timers: Timers = realTimers,
): ServerClock {
  let aheadMs = 0;
  let cancel: (() => void) | undefined;

  const ask = async () => {
    const askedAt = localMs();
    const serverMs = await askServer();
    const answeredAt = localMs();
    const roundTripMs = answeredAt - askedAt;
    const measuredMs = serverMs - (askedAt + answeredAt) / 2;
    // Still, what it cannot explain is wrong: a minute off must not stay so because the network is slow at the start.
    const isExplained = Math.abs(measuredMs - aheadMs) <= roundTripMs / 2;
    if (roundTripMs > USABLE_ROUND_TRIP_MS && isExplained) return;
    aheadMs = Math.abs(measuredMs) < AGREEING_MS ? 0 : measuredMs;
  };

  // A server that cannot be asked now has not changed its clock.
  const refresh = () => ask().catch(() => undefined);
  const askEvery = (everyMs: number) => {
    cancel = timers.after(everyMs, async () => {
      askEvery(everyMs);
      await refresh();
    });
  };

  return {
    now: () => new Date(localMs() + aheadMs),
    aheadMs: () => aheadMs,
    async start(everyMs = REFRESH_MS) {
      cancel?.();
      askEvery(everyMs);
      await ask();
    },
    refresh,
    stop() {
      cancel?.();
    },
  };
}

function monotonicMs(): number {
  return performance.timeOrigin + performance.now();
}
