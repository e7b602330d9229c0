import type { AttemptTimings } from '@interview-webhooks/webhooks';

/** What an attempt is doing, in order; those before `answer` are skipped on a kept connection. */
export type Phase = 'dns' | 'connect' | 'tls' | 'answer' | 'headers' | 'body';

/** The attempt's time is up. */
export class DeadlineError extends Error {
  readonly phase: Phase | null;

  constructor(phase: Phase | null) {
    super('deadline');
    this.name = 'DeadlineError';
    this.phase = phase;
  }
}

/**
 * The clock of one attempt: one deadline over all its phases, and the time each took.
 *
 * A class, like the reader of responses, because there is one for every webhook: as closures the two cost a
 * third of all sending.
 */
export class Attempt {
  /** The address that is being connected to or was. */
  remoteAddress: string | null = null;

  #phase: Phase | null = null;
  readonly #startedAt = performance.now();
  #phaseStartedAt = this.#startedAt;
  readonly #tookMs: Record<Phase, number | null> = {
    dns: null,
    connect: null,
    tls: null,
    answer: null,
    headers: null,
    body: null,
  };
  readonly #timer: NodeJS.Timeout;
  #abandon: ((error: DeadlineError) => void) | null = null;

  /** Starts the clock of an attempt that may take `deadlineMs` in all. */
  constructor(deadlineMs: number) {
    this.#timer = setTimeout(() => this.#abandon?.(new DeadlineError(this.#phase)), deadlineMs);
  }

  get phase(): Phase | null {
    return this.#phase;
  }

  /** How long the phase has been going on, in milliseconds. */
  get phaseMs(): number {
    return performance.now() - this.#phaseStartedAt;
  }

  /** Ends the phase before. */
  enter(phase: Phase): void {
    const now = performance.now();
    this.#endPhase(now);
    this.#phase = phase;
    this.#phaseStartedAt = now;
  }

  /**
   * Names who fails the work under way when the deadline strikes, in place of whoever was named before. There
   * is always one: timers never run between a promise's end and its continuation.
   */
  onExpired(abandon: (error: DeadlineError) => void): void {
    this.#abandon = abandon;
  }

  /** Stops the clock. */
  end(): AttemptTimings {
    clearTimeout(this.#timer);
    const now = performance.now();
    this.#endPhase(now);
    const took = this.#tookMs;
    return {
      dnsMs: took.dns,
      connectMs: took.connect,
      tlsMs: took.tls,
      // Without a first byte there was only waiting for one, perhaps on two connections.
      firstByteMs: this.#phase === 'headers' || this.#phase === 'body' ? took.answer : null,
      totalMs: rounded(now - this.#startedAt),
    };
  }

  #endPhase(now: number): void {
    if (this.#phase !== null) this.#tookMs[this.#phase] = rounded(now - this.#phaseStartedAt);
  }
}

/** To microseconds; what is beyond is noise that a log would store. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
