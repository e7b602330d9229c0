import { createCapacity } from './capacity.ts';
import { createEndpointQueues, type EndpointQueue, type Entry } from './endpoint-queues.ts';
import type { ScheduleLimits } from './limits.ts';
import { append, emptyList, unlink } from './linked-list.ts';
import type { Place } from './place.ts';
import { createTurns } from './turns.ts';

/**
 * Says which attempt begins next: endpoints are served in turn, within bounds in all, for each workspace, origin and
 * endpoint. Pure accounting: it begins nothing itself, and its caller says what time it is. A step costs the same however
 * many endpoints wait.
 */
export function createFairQueue<Job>(limits: ScheduleLimits) {
  const endpoints = createEndpointQueues<Job>();
  const { isAmple, ...capacity } = createCapacity(limits, endpoints);
  const turns = createTurns<Job>(limits);
  /** What runs and is not slow, the longest running first. */
  const active = emptyList<Entry<Job>>();
  let slow = 0;

  const enter = (place: Place, job: Job | null): Entry<Job> => {
    const queue = endpoints.hold(place);
    const links = { list: null, before: null, after: null };
    const entry: Entry<Job> = { job, queue, state: 'waiting', startedAtMs: 0, ...links };
    append(job === null ? queue.tests : queue.jobs, entry);
    turns.lineUp(queue);
    return entry;
  };
  const leaveWaiting = (entry: Entry<Job>) => {
    unlink(entry);
    if (entry.job === null) entry.queue.workspace.waitingTests--;
  };
  const release = (entry: Entry<Job>, tookMs?: number) => {
    const { queue, state } = entry;
    if (state === 'active') {
      unlink(entry);
      queue.workspace.active--;
    } else if (state === 'slow') {
      slow--;
      queue.slow--;
      queue.workspace.slow--;
    } else {
      return;
    }
    entry.state = 'released';
    queue.running--;
    queue.origin.running--;
    queue.quickInARow = tookMs !== undefined && tookMs <= limits.quickMs ? queue.quickInARow + 1 : 0;
    turns.released(queue, state === 'active');
  };
  const withdrawFrom = (queue: EndpointQueue<Job>): Job[] => {
    const jobs: Job[] = [];
    for (let entry = queue.jobs.first; entry; entry = queue.jobs.first) {
      leaveWaiting(entry);
      entry.state = 'ended';
      if (entry.job !== null) jobs.push(entry.job);
    }
    endpoints.letGo(queue, jobs.length);
    turns.emptied(queue);
    return jobs;
  };

  return {
    ...capacity,
    /** How many are held: waiting, running, or released and not ended. */
    held: endpoints.held,
    enqueue: (place: Place, job: Job): Entry<Job> => enter(place, job),
    /**
     * Lets a test wait for its turn, before the jobs of its endpoint.
     *
     * @returns null when too many tests of its workspace wait already
     */
    enqueueTest(place: Place): Entry<Job> | null {
      const waiting = endpoints.workspaces.get(place.workspaceId)?.waitingTests ?? 0;
      if (waiting >= limits.waitingTestsPerWorkspace) return null;
      const entry = enter(place, null);
      entry.queue.workspace.waitingTests++;
      return entry;
    },
    /**
     * Begins what is next in turn.
     *
     * @param nowMs milliseconds of a clock that only runs forward
     * @returns null when nothing waits for which there is room
     */
    next(nowMs: number): Entry<Job> | null {
      if (active.length >= limits.active) return null;
      const queue = turns.next();
      const entry = queue && (queue.tests.first ?? queue.jobs.first);
      if (!entry) return null;
      leaveWaiting(entry);
      entry.state = 'active';
      entry.startedAtMs = nowMs;
      append(active, entry);
      queue.running++;
      queue.origin.running++;
      queue.workspace.active++;
      turns.lineUp(queue);
      return entry;
    },
    /**
     * Leaves the place of what runs to another one. It is held until it has ended.
     *
     * @param tookMs how long the attempt took; only when it was received
     */
    release,
    /**
     * Ends what runs, or was released: it is not held any more.
     *
     * @returns whether it has left so much capacity that claiming is worth while
     */
    end(entry: Entry<Job>, tookMs?: number): boolean {
      release(entry, tookMs);
      if (entry.state !== 'released') return false;
      entry.state = 'ended';
      endpoints.letGo(entry.queue);
      return isAmple(entry.queue);
    },
    /**
     * Takes back a test that waits.
     *
     * @returns whether it was still waiting
     */
    leave(entry: Entry<Job>): boolean {
      if (entry.state !== 'waiting') return false;
      leaveWaiting(entry);
      entry.state = 'ended';
      endpoints.letGo(entry.queue);
      turns.emptied(entry.queue);
      return true;
    },
    /** Moves to the slow pool what has waited long for its receiver, as far as there is room in it. */
    setSlowAside(nowMs: number): void {
      let after: Entry<Job> | null;
      for (let entry = active.first; entry && slow < limits.slow; entry = after) {
        if (entry.startedAtMs > nowMs - limits.slowAfterMs) return;
        after = entry.after;
        const { queue } = entry;
        if (queue.workspace.slow >= limits.slowPerWorkspace) continue;
        unlink(entry);
        entry.state = 'slow';
        slow++;
        queue.slow++;
        queue.workspace.slow++;
        queue.workspace.active--;
        turns.setAside(queue);
      }
    },
    /** Takes back the jobs that wait for an endpoint, the longest waiting first. */
    withdraw(endpoint: string): Job[] {
      const queue = endpoints.queues.get(endpoint);
      return queue ? withdrawFrom(queue) : [];
    },
    /** Takes back all jobs that wait. */
    withdrawAll: (): Job[] => [...endpoints.queues.values()].flatMap(withdrawFrom),
  };
}
