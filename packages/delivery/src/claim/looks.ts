import { WAKE_EVERY_MS } from '../outbox/relay.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { earliestWaiting } from './waiting.ts';

/** How long a process that has said that it records events may go on to do so without saying it again. */
const BUSY_MS = 2 * WAKE_EVERY_MS;

export interface LooksOptions {
  options: Pick<EngineOptions, 'services' | 'log' | 'timers' | 'pollMs' | 'waitingPollMs' | 'idlePollMs'>;
  /** Takes up whatever is due. Handles its own errors. */
  poll: () => Promise<void>;
  /** Another process has something that it has no room for, or has events that it sends itself. */
  onWakeUp: () => void;
}

/**
 * Decides when the database is asked whether something is due. Where it does not report changes: every `pollMs`. Where it
 * does, other processes say what they leave, so it is asked when the next of what waits is due, at the latest after
 * `waitingPollMs`, and after `idlePollMs` where nothing waits. A look is one statement then, and only what it finds is
 * worth the others.
 *
 * What is not reported, such as a worker that died or a stream that brings nothing any more, is found by the next look. While
 * another process says that it records events, that comes soon: a crash may leave some of them in the outbox.
 */
export function createLooks({ options, poll, onWakeUp }: LooksOptions) {
  const { services, log, timers, pollMs, waitingPollMs, idlePollMs } = options;
  const { database, now } = services;
  let isStarted = false;
  let isLive = false;
  /** Until then others may be recording events. */
  let busyUntil = new Date(0);
  let next: { atMs: number; cancel: () => void } | undefined;
  let unwatch: (() => Promise<void>) | undefined;

  /** The next look comes in `ms`, unless there is one before. */
  const lookIn = (ms: number) => {
    const atMs = performance.now() + ms;
    if (!isStarted || (next && next.atMs <= atMs)) return;
    next?.cancel();
    next = { atMs, cancel: timers.after(ms, look) };
  };
  const look = async (): Promise<void> => {
    next?.cancel();
    next = undefined;
    const waitMs = isLive ? await untilDueMs() : 0;
    if (waitMs > 0) {
      const atMostMs = waitMs === Infinity ? idlePollMs : waitingPollMs;
      lookIn(now() < busyUntil ? pollMs : Math.min(Math.max(waitMs, pollMs), atMostMs));
      return;
    }
    lookIn(pollMs);
    await poll();
  };
  /** 0 where something is due or that cannot be known, Infinity where nothing waits. */
  const untilDueMs = async () => {
    try {
      const at = await earliestWaiting(database);
      return at ? Math.max(0, at.getTime() - now().getTime()) : Infinity;
    } catch (error) {
      log.error({ err: error }, 'the database cannot be asked for what waits');
      return 0;
    }
  };

  return {
    start(): void {
      isStarted = true;
      unwatch = database.changes.watch({
        collection: database.direct.wakeUps.collectionName,
        onChange: () => {
          busyUntil = new Date(now().getTime() + BUSY_MS);
          lookIn(pollMs);
          onWakeUp();
        },
        onLive: () => {
          isLive = true;
          log.debug({}, 'the database reports changes');
          void look();
        },
        onLost: (error) => {
          if (isLive) log.info({ err: error }, 'the database reports no changes: it is asked instead');
          isLive = false;
          void look();
        },
      });
      void look();
    },
    /** Something was done here that may have left something waiting. */
    soon: () => {
      lookIn(pollMs);
    },
    async stop(): Promise<void> {
      isStarted = false;
      next?.cancel();
      next = undefined;
      await unwatch?.();
    },
  };
}

export type Looks = ReturnType<typeof createLooks>;
