/** What runs later. Tests have timers that they move by hand. */
export interface Timers {
  /**
   * Runs `work`, which handles its own errors, once after `ms` milliseconds.
   *
   * @returns what cancels it
   */
  after(ms: number, work: () => Promise<void>): () => void;
}

/** Timers that keep no process alive. */
export const realTimers: Timers = {
  after: (ms, work) => {
    const timer = setTimeout(() => void work(), ms);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
