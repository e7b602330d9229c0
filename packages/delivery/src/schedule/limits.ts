/** How many attempts are made at a time, and how many deliveries a worker holds. */
export interface ScheduleLimits {
  /** Attempts at a time. One that is in the slow pool does not count here any more. */
  active: number;
  activePerWorkspace: number;
  /** Attempts at a time to one origin, slow ones included. */
  perOrigin: number;
  /** Attempts at a time to one endpoint, slow ones included. */
  perEndpoint: number;
  /**
   * The same for a quick endpoint: its last `perEndpoint` attempts were received and took `quickMs` at most. One that
   * was not, or took longer, makes it an ordinary endpoint again.
   */
  perQuickEndpoint: number;
  quickMs: number;
  /** An attempt that has waited for its receiver for so long goes to the slow pool. */
  slowAfterMs: number;
  /** Attempts in the slow pool, beside the active ones. */
  slow: number;
  slowPerWorkspace: number;
  /**
   * Deliveries that wait here for their turn, are being sent, or are being recorded. When more than half of it is used, no
   * more are claimed.
   */
  held: number;
  heldPerWorkspace: number;
  heldPerOrigin: number;
  heldPerEndpoint: number;
  heldPerQuickEndpoint: number;
  /** Tests of one workspace that wait for their turn. */
  waitingTestsPerWorkspace: number;
}

export const defaultLimits: ScheduleLimits = {
  active: 256,
  activePerWorkspace: 128,
  // When a quick endpoint begins to hang, as much is left for the others on its host as two of them may have.
  perOrigin: 96,
  perEndpoint: 16,
  perQuickEndpoint: 64,
  // At 64 at a time, all places of a quick endpoint are free again after a tenth of the time that makes one slow.
  quickMs: 100,
  slowAfterMs: 1_000,
  slow: 4_096,
  slowPerWorkspace: 1_024,
  // Each is half of what is above it. So one endpoint, origin or workspace never keeps its neighbours from being claimed.
  held: 4_096,
  heldPerWorkspace: 2_048,
  heldPerOrigin: 1_024,
  heldPerQuickEndpoint: 512,
  // A backlog at an endpoint that is not quick leaves most of its workspace to others.
  heldPerEndpoint: 256,
  waitingTestsPerWorkspace: 64,
};
