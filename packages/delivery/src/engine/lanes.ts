import type { LaneLimits } from './engine-options.ts';
import {
  endWait,
  isWaiting,
  type Lane,
  type Origin,
  type Running,
  type Work,
  type Workspace,
} from './lane.ts';
import { createStock, type Place } from './stock.ts';

export interface LaneOptions<Job> {
  limits: LaneLimits;
  placeOf: (job: Job) => Place;
  run: (job: Job, free: () => void) => Promise<void>;
  /** There is room again for jobs of a place that had little. */
  onRoom: () => void;
  /** Milliseconds of a clock that only runs forward. */
  nowMs?: () => number;
}

/**
 * One lane for each endpoint, served in turn: bounded attempts in all, for each workspace, origin and endpoint. An
 * endpoint that hangs fills its own lane and, after a moment, not even the workspace's share.
 */
export function createLanes<Job>(options: LaneOptions<Job>) {
  const { limits, placeOf, run, onRoom, nowMs = () => performance.now() } = options;
  const stock = createStock(limits);
  const lanes = new Map<string, Lane<Job>>();
  const workspaces = new Map<string, Workspace>();
  const origins = new Map<string, Origin>();
  /** Lanes with something waiting, the next to be served first. */
  const ready = new Set<Lane<Job>>();
  /** The longest running first. */
  const active = new Set<Running>();
  let slow = 0;
  const tellIdle: (() => void)[] = [];

  const laneAt = (place: Place): Lane<Job> => {
    const { workspaceId, endpoint } = place;
    const known = lanes.get(endpoint);
    if (known) return known;
    const workspace = workspaces.get(workspaceId) ?? {
      active: 0,
      slow: 0,
      waitingTests: 0,
      parked: new Set(),
    };
    const origin = origins.get(place.origin) ?? { running: 0, parked: new Set() };
    const lane: Lane<Job> = { place, workspace, origin, tests: new Set(), waiting: [], running: 0 };
    workspaces.set(workspaceId, workspace);
    origins.set(place.origin, origin);
    lanes.set(endpoint, lane);
    return lane;
  };

  const letGo = (lane: Lane<Job>, count = 1) => {
    const { place, workspace, origin } = lane;
    stock.letGo(place, count);
    const left = stock.holds(place);
    if (!left.endpoint) {
      lanes.delete(place.endpoint);
      for (const set of [ready, workspace.parked, origin.parked]) set.delete(lane);
    }
    if (!left.origin) origins.delete(place.origin);
    if (!left.workspace) workspaces.delete(place.workspaceId);
    if (stock.isEmpty()) for (const tell of tellIdle.splice(0)) tell();
  };

  const begin = (lane: Lane<Job>, work: Work) => {
    const { workspace, origin } = lane;
    const running: Running = { lane, startedAtMs: nowMs(), slow: false };
    active.add(running);
    lane.running++;
    origin.running++;
    workspace.active++;
    let hasPlace = true;
    const free = () => {
      if (!hasPlace) return;
      hasPlace = false;
      if (running.slow) {
        slow--;
        workspace.slow--;
      } else {
        active.delete(running);
        workspace.active--;
      }
      lane.running--;
      origin.running--;
      if (isWaiting(lane)) ready.add(lane);
      callParked(lane);
      serve();
    };
    void work(free).then(() => {
      free();
      letGo(lane);
      if (stock.isRoomy(lane.place)) onRoom();
    });
  };

  /** What is next in a lane. */
  const nextIn = (lane: Lane<Job>): Work | undefined => {
    const [test] = lane.tests;
    if (test) {
      endWait(lane, test);
      return test;
    }
    const job = lane.waiting.shift();
    return job === undefined ? undefined : (free) => run(job, free);
  };

  const serve = () => {
    // A lane that is added again while this goes on comes to its turn at the end.
    for (const lane of ready) {
      if (active.size >= limits.active) return;
      const { workspace, origin } = lane;
      ready.delete(lane);
      workspace.parked.delete(lane);
      origin.parked.delete(lane);
      if (lane.running >= limits.perEndpoint) {
        // Comes back when one of its own ends.
      } else if (origin.running >= limits.perOrigin) {
        origin.parked.add(lane);
      } else if (workspace.active >= limits.activePerWorkspace) {
        workspace.parked.add(lane);
      } else {
        const work = nextIn(lane);
        if (work) begin(lane, work);
        if (isWaiting(lane)) ready.add(lane);
        if (work) continue;
      }
      // It may have been called for room that it has no use for.
      callParked(lane);
    }
  };

  /** Where a workspace or an origin has room, calls one of those that wait for it. */
  const callParked = ({ workspace, origin }: Lane<Job>) => {
    if (workspace.active < limits.activePerWorkspace) callOne(workspace.parked);
    if (origin.running < limits.perOrigin) callOne(origin.parked);
  };
  const callOne = (parked: Set<Lane<unknown>>) => {
    const [lane] = parked;
    if (!lane) return;
    parked.delete(lane);
    ready.add(lane as Lane<Job>); // only this function's own lanes are ever parked
  };

  const takeBack = (lane: Lane<Job>): Job[] => {
    const jobs = lane.waiting.splice(0);
    letGo(lane, jobs.length);
    return jobs;
  };

  return {
    add(job: Job): void {
      const lane = laneAt(placeOf(job));
      lane.waiting.push(job);
      stock.hold(lane.place);
      ready.add(lane);
      serve();
    },
    /**
     * Waits for a turn of what is no job, such as a test: bounded together with jobs, and before those that wait.
     *
     * @returns what ends the turn; or why there is none: too many wait already, or `signal` has said that it is late
     */
    turn(place: Place, signal: AbortSignal): Promise<(() => void) | 'crowded' | 'late'> {
      const waitingTests = workspaces.get(place.workspaceId)?.waitingTests ?? 0;
      if (waitingTests >= limits.waitingTestsPerWorkspace) return Promise.resolve('crowded');
      const lane = laneAt(place);
      return new Promise((resolve) => {
        const leave = () => {
          if (!endWait(lane, work)) return;
          letGo(lane);
          resolve('late');
        };
        const work: Work = (free) => {
          signal.removeEventListener('abort', leave);
          return new Promise((ended) => {
            resolve(() => {
              free();
              ended();
            });
          });
        };
        lane.tests.add(work);
        lane.workspace.waitingTests++;
        stock.hold(place);
        signal.addEventListener('abort', leave, { once: true });
        ready.add(lane);
        serve();
      });
    },
    chooser: stock.chooser,
    room: stock.room,
    crowded: stock.crowded,
    /** Makes room for others beside what has waited long for its receiver. */
    setSlowAside(): void {
      const since = nowMs() - limits.slowAfterMs;
      for (const running of active) {
        if (running.startedAtMs > since || slow >= limits.slow) break;
        const { workspace } = running.lane;
        if (workspace.slow >= limits.slowPerWorkspace) continue;
        active.delete(running);
        running.slow = true;
        slow++;
        workspace.active--;
        workspace.slow++;
        callOne(workspace.parked);
      }
      serve();
    },
    /** Takes back the jobs that wait for an endpoint. */
    withdraw(endpoint: string): Job[] {
      const lane = lanes.get(endpoint);
      return lane ? takeBack(lane) : [];
    },
    /** Takes back all jobs that wait. */
    withdrawAll: (): Job[] => [...lanes.values()].flatMap(takeBack),
    /** Resolves when nothing is held. */
    idle: () =>
      stock.isEmpty() ? Promise.resolve() : new Promise<void>((resolve) => tellIdle.push(resolve)),
  };
}
