import type { Entry } from './endpoint-queues.ts';
import { createFairQueue } from './fair-queue.ts';
import type { ScheduleLimits } from './limits.ts';
import type { Place } from './place.ts';

/**
 * Leaves the place of an attempt to another one, before it is recorded.
 *
 * @param tookMs how long the attempt took; only when it was received
 */
export type Release = (tookMs?: number) => void;

export interface SchedulerOptions<Job> {
  limits: ScheduleLimits;
  placeOf: (job: Job) => Place;
  /** Makes an attempt to its end and never rejects. What it does not release has not been received, or not quickly. */
  run: (job: Job, release: Release) => Promise<void>;
  /** There is capacity again for jobs of a place that had little. */
  onCapacity: () => void;
  /** Milliseconds of a clock that only runs forward. */
  nowMs?: () => number;
}

/** What waits for a turn and is no job, such as a test, gets this to end its turn; or a reason why it gets none. */
export type Turn = Release | 'queue-full' | 'late';

export type Scheduler<Job> = ReturnType<typeof createScheduler<Job>>;

/** Begins attempts in the order of the fair queue, and says to it what has ended. */
export function createScheduler<Job>(options: SchedulerOptions<Job>) {
  const { limits, placeOf, run, onCapacity, nowMs = () => performance.now() } = options;
  const queue = createFairQueue<Job>(limits);
  /** What begins a test that waits. */
  const waitingTests = new Map<Entry<Job>, () => void>();
  const onIdle: (() => void)[] = [];
  let isServing = false;

  const noteIdle = () => {
    if (queue.held() === 0) for (const note of onIdle.splice(0)) note();
  };
  const serve = () => {
    // What is released while others begin is served by the loop that began them.
    if (isServing) return;
    isServing = true;
    const now = nowMs();
    for (let entry = queue.next(now); entry; entry = queue.next(now)) begin(entry);
    isServing = false;
  };
  const end = (entry: Entry<Job>, tookMs?: number) => {
    const isAmple = queue.end(entry, tookMs);
    noteIdle();
    serve();
    if (isAmple) onCapacity();
  };
  const begin = (entry: Entry<Job>) => {
    if (entry.job === null) {
      waitingTests.get(entry)?.();
      return;
    }
    const release: Release = (tookMs) => {
      queue.release(entry, tookMs);
      serve();
    };
    void run(entry.job, release).then(() => {
      end(entry);
    });
  };

  return {
    admission: queue.admission,
    capacity: queue.capacity,
    saturated: queue.saturated,
    add(job: Job): void {
      queue.enqueue(placeOf(job), job);
      serve();
    },
    /**
     * Waits for a turn of what is no job, such as a test: bounded together with jobs, and before those that wait.
     *
     * @returns what ends the turn; `queue-full` when too many of the workspace wait already; `late` when `signal` was
     *   aborted first
     */
    turn(place: Place, signal: AbortSignal): Promise<Turn> {
      if (signal.aborted) return Promise.resolve('late');
      const entry = queue.enqueueTest(place);
      if (!entry) return Promise.resolve('queue-full');
      return new Promise((resolve) => {
        const leave = () => {
          if (!queue.leave(entry)) return;
          waitingTests.delete(entry);
          resolve('late');
          noteIdle();
        };
        waitingTests.set(entry, () => {
          waitingTests.delete(entry);
          signal.removeEventListener('abort', leave);
          resolve((tookMs) => {
            end(entry, tookMs);
          });
        });
        signal.addEventListener('abort', leave, { once: true });
        serve();
      });
    },
    /** Makes room for others beside what has waited long for its receiver. */
    setSlowAside(): void {
      queue.setSlowAside(nowMs());
      serve();
    },
    /** Takes back the jobs that wait for an endpoint. */
    withdraw(endpoint: string): Job[] {
      const jobs = queue.withdraw(endpoint);
      noteIdle();
      return jobs;
    },
    /** Takes back all jobs that wait. */
    withdrawAll(): Job[] {
      const jobs = queue.withdrawAll();
      noteIdle();
      return jobs;
    },
    /** Resolves when nothing is held. */
    idle: (): Promise<void> =>
      queue.held() === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve)),
  };
}
