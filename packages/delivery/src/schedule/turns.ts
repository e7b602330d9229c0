import { type EndpointQueue, isQuick, isWaiting } from './endpoint-queues.ts';
import type { ScheduleLimits } from './limits.ts';
import { append, emptyList, type List, prepend, unlink } from './linked-list.ts';

/**
 * The order in which endpoint queues have their turn. Those whose workspace or origin has its share of attempts are
 * parked there; each place that becomes free calls one of them, the longest waiting, to the end of those that are ready.
 * One that cannot use its turn passes it on. So no turn is lost, and nobody searches for one.
 */
export function createTurns<Job>(limits: ScheduleLimits) {
  type Queue = EndpointQueue<Job>;
  /** Queues with something waiting, the next to be served first. */
  const ready = emptyList<Queue>();

  const isAtLimit = (queue: Queue) =>
    queue.running >= (isQuick(queue, limits) ? limits.perQuickEndpoint : limits.perEndpoint);
  const isOriginFull = ({ origin }: Queue) => origin.running >= limits.perOrigin;
  const isWorkspaceFull = ({ workspace }: Queue) => workspace.active >= limits.activePerWorkspace;

  const call = (parked: List<Queue>, add: typeof append) => {
    const queue = parked.first;
    if (!queue) return;
    unlink(queue);
    queue.calledFrom = parked;
    add(ready, queue);
  };
  /** Gives a turn that a queue cannot use to another one that it is as good for. */
  const passOn = (queue: Queue) => {
    queue.calledFrom = null;
    const { origin, workspace } = queue;
    if (!isOriginFull(queue) && origin.parked.first) call(origin.parked, prepend);
    else if (!isWorkspaceFull(queue)) call(workspace.parked, prepend);
  };
  const park = (parked: List<Queue>, queue: Queue) => {
    // It was the first there, but another one took the place that it was called for.
    const add = queue.calledFrom === parked ? prepend : append;
    queue.calledFrom = null;
    add(parked, queue);
  };
  /** Lets a queue in which something waits come to its turn, behind those that wait for the same places. */
  const lineUp = (queue: Queue) => {
    if (queue.list || !isWaiting(queue) || isAtLimit(queue)) return;
    const { origin, workspace } = queue;
    if (origin.parked.first) append(origin.parked, queue);
    else append(workspace.parked.first ? workspace.parked : ready, queue);
  };

  return {
    lineUp,
    /** The queue whose turn it is: something waits in it, and there is room for that. Null when there is none. */
    next(): Queue | null {
      for (let queue = ready.first; queue; queue = ready.first) {
        unlink(queue);
        if (isAtLimit(queue)) {
          // It lines up again when one of its own is released.
          passOn(queue);
        } else if (isOriginFull(queue)) {
          park(queue.origin.parked, queue);
          passOn(queue);
        } else if (isWorkspaceFull(queue)) {
          park(queue.workspace.parked, queue);
        } else {
          queue.calledFrom = null;
          return queue;
        }
      }
      return null;
    },
    /** One of a queue's attempts has left its place: those that have waited for that come before the queue itself. */
    released(queue: Queue, wasActive: boolean): void {
      if (wasActive) call(queue.workspace.parked, append);
      call(queue.origin.parked, append);
      lineUp(queue);
    },
    /** One of a queue's attempts no longer counts for its workspace. */
    setAside({ workspace }: Queue): void {
      call(workspace.parked, append);
    },
    /** Something has left a queue without a turn. If nothing waits in it any more, others have its turn. */
    emptied(queue: Queue): void {
      if (isWaiting(queue) || !unlink(queue)) return;
      passOn(queue);
    },
  };
}
