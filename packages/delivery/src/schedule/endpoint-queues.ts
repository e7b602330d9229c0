import type { ScheduleLimits } from './limits.ts';
import { emptyList, type Linked, type List } from './linked-list.ts';
import type { Place } from './place.ts';

/** An attempt to be made, from when it is enqueued until it has ended. */
export interface Entry<Job> extends Linked<Entry<Job>> {
  /** Null for a test. */
  readonly job: Job | null;
  readonly queue: EndpointQueue<Job>;
  /** One that is `released` has left its place to another, and is held until it has been recorded. */
  state: 'waiting' | 'active' | 'slow' | 'released' | 'ended';
  startedAtMs: number;
}

export interface Workspace<Job> {
  held: number;
  active: number;
  slow: number;
  waitingTests: number;
  /** Queues that wait because the workspace has its share of active attempts. The longest waiting is the first. */
  parked: List<EndpointQueue<Job>>;
}

export interface Origin<Job> {
  held: number;
  running: number;
  /** Queues that wait because the origin has its share. */
  parked: List<EndpointQueue<Job>>;
}

/** What waits for one endpoint, and what is under way to it. It is in one list at a time: ready, or parked. */
export interface EndpointQueue<Job> extends Linked<EndpointQueue<Job>> {
  readonly place: Place;
  readonly workspace: Workspace<Job>;
  readonly origin: Origin<Job>;
  /** Somebody looks on, so these go first. */
  readonly tests: List<Entry<Job>>;
  readonly jobs: List<Entry<Job>>;
  held: number;
  running: number;
  /** How many of those that run are in the slow pool. */
  slow: number;
  /** How many attempts in a row were received quickly. */
  quickInARow: number;
  /** The parked queues that it was called from, until it has had its turn. */
  calledFrom: List<EndpointQueue<Job>> | null;
}

export function isWaiting<Job>({ tests, jobs }: EndpointQueue<Job>): boolean {
  return tests.length + jobs.length > 0;
}

/** Whether an endpoint has shown that it responds quickly, with as many attempts as any endpoint may have at a time. */
export function isQuick<Job>(
  { slow, quickInARow }: EndpointQueue<Job>,
  { perEndpoint }: ScheduleLimits,
): boolean {
  return slow === 0 && quickInARow >= perEndpoint;
}

export type EndpointQueues<Job> = ReturnType<typeof createEndpointQueues<Job>>;

/** The endpoints, origins and workspaces that something is held for. Those that nothing is held for cost no memory. */
export function createEndpointQueues<Job>() {
  const queues = new Map<string, EndpointQueue<Job>>();
  const origins = new Map<string, Origin<Job>>();
  const workspaces = new Map<string, Workspace<Job>>();
  let held = 0;

  const create = (place: Place): EndpointQueue<Job> => {
    const { workspaceId, endpoint } = place;
    let workspace = workspaces.get(workspaceId);
    if (!workspace) {
      workspace = { held: 0, active: 0, slow: 0, waitingTests: 0, parked: emptyList() };
      workspaces.set(workspaceId, workspace);
    }
    let origin = origins.get(place.origin);
    if (!origin) {
      origin = { held: 0, running: 0, parked: emptyList() };
      origins.set(place.origin, origin);
    }
    const counts = { held: 0, running: 0, slow: 0, quickInARow: 0 };
    const lists = { tests: emptyList<Entry<Job>>(), jobs: emptyList<Entry<Job>>() };
    const links = { list: null, before: null, after: null, calledFrom: null };
    const queue = { place, workspace, origin, ...lists, ...counts, ...links };
    queues.set(endpoint, queue);
    return queue;
  };

  return {
    queues: queues as ReadonlyMap<string, EndpointQueue<Job>>,
    origins: origins as ReadonlyMap<string, Origin<Job>>,
    workspaces: workspaces as ReadonlyMap<string, Workspace<Job>>,
    held: () => held,
    /** Counts one more for a place. */
    hold(place: Place): EndpointQueue<Job> {
      const queue = queues.get(place.endpoint) ?? create(place);
      held++;
      queue.held++;
      queue.origin.held++;
      queue.workspace.held++;
      return queue;
    },
    /** Counts `count` less. */
    letGo(queue: EndpointQueue<Job>, count = 1): void {
      const { place, origin, workspace } = queue;
      held -= count;
      queue.held -= count;
      origin.held -= count;
      workspace.held -= count;
      if (queue.held === 0) queues.delete(place.endpoint);
      if (origin.held === 0) origins.delete(place.origin);
      if (workspace.held === 0) workspaces.delete(place.workspaceId);
    },
  };
}
