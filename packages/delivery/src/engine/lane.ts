import type { Place } from './stock.ts';

/** Makes an attempt to its end and never rejects; says by `free` that its place can be another's already. */
export type Work = (free: () => void) => Promise<void>;

export interface Running {
  lane: { workspace: Workspace };
  startedAtMs: number;
  slow: boolean;
}

export interface Workspace {
  active: number;
  slow: number;
  waitingTests: number;
  /** Lanes that wait only because the workspace has its share. */
  parked: Set<Lane<unknown>>;
}

export interface Origin {
  running: number;
  /** Lanes that wait only because the origin has its share. */
  parked: Set<Lane<unknown>>;
}

export interface Lane<Job> {
  place: Place;
  workspace: Workspace;
  origin: Origin;
  /** Somebody looks on, so these go first. */
  tests: Set<Work>;
  waiting: Job[];
  running: number;
}

/** Whether something in a lane waits for its turn. */
export function isWaiting({ tests, waiting }: Lane<unknown>): boolean {
  return tests.size + waiting.length > 0;
}

/**
 * Takes a test out of those that wait.
 *
 * @returns whether it was one of them
 */
export function endWait({ tests, workspace }: Lane<unknown>, test: Work): boolean {
  const waited = tests.delete(test);
  if (waited) workspace.waitingTests--;
  return waited;
}
