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
  /** Asks the server now, and every ten seconds from here on. */
  start(): Promise<void>;
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
): ServerClock {
  let aheadMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const refresh = async () => {
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

  return {
    now: () => new Date(localMs() + aheadMs),
    aheadMs: () => aheadMs,
    async start() {
      clearInterval(timer);
      timer = setInterval(() => {
        // A server that cannot be asked now has not changed its clock.
        refresh().catch(() => undefined);
      }, REFRESH_MS);
      timer.unref();
      await refresh();
    },
    stop() {
      clearInterval(timer);
    },
  };
}

function monotonicMs(): number {
  return performance.timeOrigin + performance.now();
}
