import type { DeliveryDocument } from '@interview-webhooks/database';
import { attemptCounted, type CountedOutcome, countOutcomes, endCounted } from '@interview-webhooks/domain';
import type { Completion } from './completions.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { EngineOptions } from '../engine/engine-options.ts';

/** What is counted within so long goes into one statement. A crash loses as much of the statistics, and nothing else. */
const TOGETHER_MS = 1_000;

/** Counts what became of deliveries, behind them: no delivery waits for it. */
export interface OutcomeCounts {
  completed(completions: readonly Completion[]): void;
  /** Deliveries that are cancelled without having been taken up. */
  cancelled(deliveries: readonly DeliveryDocument[], at: Date): void;
  /** Writes what has been counted so far. */
  flush(): Promise<void>;
}

export function createOutcomeCounts({
  services,
  log,
  observer,
}: Pick<EngineOptions, 'services' | 'log' | 'observer'>): OutcomeCounts {
  let counted: CountedOutcome[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = async () => {
    clearTimeout(timer);
    timer = undefined;
    const outcomes = counted;
    counted = [];
    await countOutcomes(services, outcomes).catch((error: unknown) => {
      log.error({ err: error, outcomes: outcomes.length }, 'what became of deliveries could not be counted');
    });
  };
  const add = (outcomes: readonly CountedOutcome[]) => {
    if (outcomes.length === 0) return;
    counted.push(...outcomes);
    timer ??= setTimeout(() => void flush(), TOGETHER_MS);
  };
  return {
    completed: (completions) => {
      for (const completion of completions) observe(observer, completion);
      add(completions.flatMap(counts));
    },
    cancelled: (deliveries, at) => {
      for (const { event } of deliveries) observer.ended(event, 'cancelled');
      add(deliveries.map((delivery) => endCounted(delivery, 'cancelled', at)));
    },
    flush,
  };
}

function counts({ job: { delivery }, set, attempt }: Completion): CountedOutcome[] {
  if (attempt) return [attemptCounted(delivery, attempt)];
  const { state, finishedAt } = set;
  if (!finishedAt || (state !== 'failed' && state !== 'cancelled')) return [];
  return [endCounted(delivery, state, finishedAt)];
}

function observe(observer: DeliveryObserver, { job: { delivery }, set, attempt, ended }: Completion): void {
  const { event } = delivery;
  // What was not attempted says nothing of a last error.
  if (set.lastError !== undefined) {
    observer.attempted({ event, error: set.lastError, durationMs: attempt?.timings.total_ms ?? null });
  }
  const { state } = set;
  if (ended && (state === 'delivered' || state === 'failed' || state === 'cancelled'))
    observer.ended(event, state);
}
