import type { EngineOptions } from '../engine/engine-options.ts';

export interface WorkLoopOptions {
  options: Pick<EngineOptions, 'services' | 'log'>;
  /** Claims what is due; @returns whether something may have been left for want of capacity */
  claim: () => Promise<boolean>;
  /** Takes up what a crash left in outboxes. */
  sweep: () => Promise<void>;
  /** Goes on with redeliveries of many. */
  redeliver: () => Promise<void>;
  isStopped: () => boolean;
  /** All that could be claimed is claimed. */
  onEnd: () => void;
}

/** Looks for work one time after the other; asked again meanwhile, it looks once more. */
export function createWorkLoop({ options, claim, sweep, redeliver, isStopped, onEnd }: WorkLoopOptions) {
  const { services, log } = options;
  let working: Promise<void> | undefined;
  let askedAgain = false;
  /** Whether something due had to wait for capacity. */
  let isStarved = false;

  const claimAll = async () => {
    while (askedAgain && !isStopped()) {
      askedAgain = false;
      isStarved = false;
      try {
        if (await claim()) isStarved = true;
      } catch (error) {
        log.error({ err: error }, 'the database cannot be asked for what is due');
      }
    }
    working = undefined;
    onEnd();
  };
  const work = (): Promise<void> => {
    if (isStopped()) return Promise.resolve();
    askedAgain = true;
    return (working ??= claimAll());
  };
  return {
    /** Claims what is due, as far as there is capacity for it. */
    work,
    /** Looks for everything that there may be to do. */
    async poll(): Promise<void> {
      await sweep().catch((error: unknown) => {
        log.error({ err: error }, 'outboxes cannot be looked through');
      });
      await redeliver();
      await work();
      if (isStarved) services.database.wake.send();
    },
    /** Something that is stored waits for capacity. */
    starve: () => {
      isStarved = true;
    },
    isStarved: () => isStarved,
    /** The work that is being done, if any is. */
    current: () => working,
  };
}

export type WorkLoop = ReturnType<typeof createWorkLoop>;
