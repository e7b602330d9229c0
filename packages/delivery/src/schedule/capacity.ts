import { type EndpointQueue, type EndpointQueues, isQuick } from './endpoint-queues.ts';
import type { ScheduleLimits } from './limits.ts';
import type { Place } from './place.ts';

/** What nothing more is to be claimed for: more than half of what may be held there is held. */
export interface Saturated {
  workspaceIds: readonly string[];
  origins: readonly string[];
  endpoints: readonly string[];
}

/** Lets one more through, or not. */
export type Admission = (place: Place) => boolean;

type Counts = Map<string, number>;
const countAt = (counts: Counts, key: string) => counts.get(key) ?? 0;
const countOneAt = (counts: Counts, key: string) => counts.set(key, countAt(counts, key) + 1);

/** How many more a worker may hold: in all, and for each workspace, origin and endpoint. */
export function createCapacity<Job>(limits: ScheduleLimits, known: EndpointQueues<Job>) {
  const { held, heldPerWorkspace, heldPerOrigin, heldPerEndpoint, heldPerQuickEndpoint } = limits;
  const { queues, origins, workspaces } = known;
  const limitOf = (queue: EndpointQueue<Job> | undefined) =>
    queue && isQuick(queue, limits) ? heldPerQuickEndpoint : heldPerEndpoint;

  return {
    /** How many more may be held in all. */
    capacity: (): number => Math.max(0, held - known.held()),
    /** Whether there is so much capacity for an endpoint that claiming is worth while. */
    isAmple: (queue: EndpointQueue<Job>): boolean =>
      known.held() <= held / 2 &&
      queue.workspace.held <= heldPerWorkspace / 2 &&
      queue.origin.held <= heldPerOrigin / 2 &&
      queue.held <= limitOf(queue) / 2,
    /** For a batch: counts what it admits on top of what is held. */
    admission: (): Admission => {
      let admitted = 0;
      const atWorkspace: Counts = new Map();
      const atOrigin: Counts = new Map();
      const atEndpoint: Counts = new Map();
      return ({ workspaceId, origin, endpoint }) => {
        const queue = queues.get(endpoint);
        const isFull =
          known.held() + admitted >= held ||
          (queue?.held ?? 0) + countAt(atEndpoint, endpoint) >= limitOf(queue) ||
          (origins.get(origin)?.held ?? 0) + countAt(atOrigin, origin) >= heldPerOrigin ||
          (workspaces.get(workspaceId)?.held ?? 0) + countAt(atWorkspace, workspaceId) >= heldPerWorkspace;
        if (isFull) return false;
        admitted++;
        countOneAt(atEndpoint, endpoint);
        countOneAt(atOrigin, origin);
        countOneAt(atWorkspace, workspaceId);
        return true;
      };
    },
    saturated: (): Saturated => ({
      workspaceIds: keysAbove(workspaces, () => heldPerWorkspace / 2),
      origins: keysAbove(origins, () => heldPerOrigin / 2),
      endpoints: keysAbove(queues, (queue) => limitOf(queue) / 2),
    }),
  };
}

function keysAbove<Level extends { held: number }>(
  levels: ReadonlyMap<string, Level>,
  boundOf: (level: Level) => number,
): string[] {
  const keys: string[] = [];
  for (const [key, level] of levels) if (level.held > boundOf(level)) keys.push(key);
  return keys;
}
