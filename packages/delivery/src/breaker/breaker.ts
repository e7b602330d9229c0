const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** So many failures in a row open the breaker. */
const OPENS_AFTER = 10;
/** How long nothing is sent, before the first, second, … probe; the last one counts for all further ones. */
const PAUSES_MS = [5 * SECOND_MS, 30 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS];

/** An endpoint that has done nothing but fail for so long is switched off. */
export const DISABLED_AFTER_DAYS = 5;

/** What is known of an endpoint that fails; of one that works there is nothing to know. */
export interface BreakerState {
  /** Since the last success. */
  failures: number;
  /** When the first of them was. */
  failingSince: Date;
  /** While the breaker is open: when the next probe may be made. Null while it is closed. */
  openUntil: Date | null;
  /** How many pauses it has made. */
  pauses: number;
}

/** What came of attempts at an endpoint, since its state was last noted. */
export interface Outcomes {
  failures: number;
  successes: number;
}

/** What may be sent to an endpoint: everything, one delivery to see whether it works again, or nothing for now. */
export type Permission = 'all' | 'probe' | 'none';

export function permission(state: BreakerState | undefined, at: Date): Permission {
  if (!state?.openUntil) return 'all';
  return state.openUntil <= at ? 'probe' : 'none';
}

/** The state after `outcomes`; null for an endpoint that works, since something was received. */
export function afterOutcomes(
  before: BreakerState | null,
  { failures, successes }: Outcomes,
  at: Date,
): BreakerState | null {
  if (successes > 0) return null;
  const state: BreakerState = {
    failures: (before?.failures ?? 0) + failures,
    failingSince: before?.failingSince ?? at,
    openUntil: before?.openUntil ?? null,
    pauses: before?.pauses ?? 0,
  };
  return state.openUntil === null && state.failures >= OPENS_AFTER ? paused(state, at) : state;
}

/** The state from when a probe begins: as if it failed. Where it does not, there is no state any more. */
export function paused(state: BreakerState, at: Date): BreakerState {
  const pauseMs = PAUSES_MS[state.pauses] ?? PAUSES_MS.at(-1) ?? 0;
  return { ...state, openUntil: new Date(at.getTime() + pauseMs), pauses: state.pauses + 1 };
}

/** Whether an endpoint has failed so often and for so long that it is to be switched off. */
export function isGivenUp({ failures, failingSince }: BreakerState, at: Date): boolean {
  return failures >= OPENS_AFTER && at.getTime() - failingSince.getTime() >= DISABLED_AFTER_DAYS * DAY_MS;
}
