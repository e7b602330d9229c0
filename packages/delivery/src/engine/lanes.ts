/** Where a job belongs: what is bounded, and served in turn. */
export interface Place {
  workspaceId: string;
  endpoint: string;
}

export interface LaneLimits {
  /** Attempts at a time. One that has waited `slowAfterMs` for its receiver does not count here any more. */
  active: number;
  activePerWorkspace: number;
  /** Attempts at a time to one endpoint, slow ones included. */
  perEndpoint: number;
  slowAfterMs: number;
  /** How many slow attempts there may be beside the active ones. */
  slow: number;
  slowPerWorkspace: number;
  /** Jobs waiting here for their turn, under way, or being recorded; for more than half of it, no more are fetched. */
  held: number;
  heldPerWorkspace: number;
  heldPerEndpoint: number;
}

interface Running {
  lane: { workspace: Workspace };
  startedAtMs: number;
  slow: boolean;
}

interface Workspace {
  held: number;
  active: number;
  slow: number;
  /** Lanes that wait only because the workspace has its share. */
  parked: Set<Lane<unknown>>;
}

interface Lane<Job> {
  place: Place;
  workspace: Workspace;
  waiting: Job[];
  running: number;
  /** Waiting, running, or done with and not recorded yet. */
  held: number;
}

export interface LaneOptions<Job> {
  limits: LaneLimits;
  placeOf: (job: Job) => Place;
  /** Does one job to its end and never rejects; says by `free` that its place can be another's already. */
  run: (job: Job, free: () => void) => Promise<void>;
  /** There is room again for jobs of a place that had little. */
  onRoom: () => void;
  /** Milliseconds of a clock that only runs forward. */
  nowMs?: () => number;
}

/**
 * One lane for each endpoint, served in turn: bounded attempts in all, for each workspace and each endpoint. An
 * endpoint that hangs fills its own lane and, after a moment, not even the workspace's share.
 */
export function createLanes<Job>(options: LaneOptions<Job>) {
  const { limits, placeOf, run, onRoom, nowMs = () => performance.now() } = options;
  const lanes = new Map<string, Lane<Job>>();
  const workspaces = new Map<string, Workspace>();
  /** Lanes with something waiting, the next to be served first. */
  const ready = new Set<Lane<Job>>();
  /** The longest running first. */
  const active = new Set<Running>();
  let held = 0;
  let slow = 0;
  const tellIdle: (() => void)[] = [];

  const laneAt = (place: Place): Lane<Job> => {
    const known = lanes.get(place.endpoint);
    if (known) return known;
    const { workspaceId, endpoint } = place;
    const workspace = workspaces.get(workspaceId) ?? { held: 0, active: 0, slow: 0, parked: new Set() };
    workspaces.set(workspaceId, workspace);
    const lane: Lane<Job> = { place, workspace, waiting: [], running: 0, held: 0 };
    lanes.set(endpoint, lane);
    return lane;
  };

  const hold = (lane: Lane<Job>, count: number) => {
    held += count;
    lane.held += count;
    lane.workspace.held += count;
  };

  const unhold = (lane: Lane<Job>, count: number) => {
    hold(lane, -count);
    const { place, workspace } = lane;
    if (lane.held === 0) lanes.delete(place.endpoint);
    if (workspace.held === 0) workspaces.delete(place.workspaceId);
    if (held === 0) for (const tell of tellIdle.splice(0)) tell();
  };

  const begin = (lane: Lane<Job>, job: Job) => {
    const running: Running = { lane, startedAtMs: nowMs(), slow: false };
    active.add(running);
    lane.running++;
    lane.workspace.active++;
    let hasPlace = true;
    const free = () => {
      if (!hasPlace) return;
      hasPlace = false;
      if (running.slow) {
        slow--;
        lane.workspace.slow--;
      } else {
        active.delete(running);
        lane.workspace.active--;
      }
      lane.running--;
      if (lane.waiting.length > 0) ready.add(lane);
      unparkOne(lane.workspace);
      serve();
    };
    void run(job, free).then(() => {
      free();
      unhold(lane, 1);
      if (isRoomy(lane)) onRoom();
    });
  };

  const serve = () => {
    // A lane that is added again while this goes on comes to its turn at the end.
    for (const lane of ready) {
      if (active.size >= limits.active) return;
      ready.delete(lane);
      // Comes back when one of its own ends.
      if (lane.running >= limits.perEndpoint) continue;
      if (lane.workspace.active >= limits.activePerWorkspace) {
        lane.workspace.parked.add(lane);
        continue;
      }
      const job = lane.waiting.shift();
      if (job === undefined) continue;
      begin(lane, job);
      if (lane.waiting.length > 0) ready.add(lane);
    }
  };

  const unparkOne = ({ parked }: Workspace) => {
    const [lane] = parked;
    if (!lane) return;
    parked.delete(lane);
    ready.add(lane as Lane<Job>); // only this function's own lanes are ever parked
  };

  const isRoomy = (lane: Lane<Job>) =>
    held <= limits.held / 2 &&
    lane.workspace.held <= limits.heldPerWorkspace / 2 &&
    lane.held <= limits.heldPerEndpoint / 2;

  const takeBack = (lane: Lane<Job>): Job[] => {
    const jobs = lane.waiting.splice(0);
    ready.delete(lane);
    lane.workspace.parked.delete(lane);
    unhold(lane, jobs.length);
    return jobs;
  };

  return {
    add(job: Job): void {
      const lane = laneAt(placeOf(job));
      lane.waiting.push(job);
      hold(lane, 1);
      ready.add(lane);
      serve();
    },
    /** For fetching several: counts what it lets through on top of what is held. */
    chooser(): (place: Place) => boolean {
      const chosen = { all: 0, workspaces: new Map<string, number>(), endpoints: new Map<string, number>() };
      return ({ workspaceId, endpoint }) => {
        const lane = lanes.get(endpoint);
        const ofWorkspace = chosen.workspaces.get(workspaceId) ?? 0;
        const ofEndpoint = chosen.endpoints.get(endpoint) ?? 0;
        const isFull =
          held + chosen.all >= limits.held ||
          (workspaces.get(workspaceId)?.held ?? 0) + ofWorkspace >= limits.heldPerWorkspace ||
          (lane?.held ?? 0) + ofEndpoint >= limits.heldPerEndpoint;
        if (isFull) return false;
        chosen.all++;
        chosen.workspaces.set(workspaceId, ofWorkspace + 1);
        chosen.endpoints.set(endpoint, ofEndpoint + 1);
        return true;
      };
    },
    /** How many more may be fetched. */
    room: () => Math.max(0, limits.held - held),
    /** What nothing more is to be fetched for. */
    crowded() {
      return {
        workspaceIds: [...workspaces]
          .filter(([, workspace]) => workspace.held > limits.heldPerWorkspace / 2)
          .map(([workspaceId]) => workspaceId),
        endpoints: [...lanes]
          .filter(([, lane]) => lane.held > limits.heldPerEndpoint / 2)
          .map(([endpoint]) => endpoint),
      };
    },
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
        unparkOne(workspace);
      }
      serve();
    },
    /** Takes back what waits for an endpoint. */
    withdraw(endpoint: string): Job[] {
      const lane = lanes.get(endpoint);
      return lane ? takeBack(lane) : [];
    },
    /** Takes back all that waits. */
    withdrawAll: (): Job[] => [...lanes.values()].flatMap(takeBack),
    /** Resolves when nothing is held. */
    idle: () => (held === 0 ? Promise.resolve() : new Promise<void>((resolve) => tellIdle.push(resolve))),
  };
}
