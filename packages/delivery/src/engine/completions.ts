import {
  type AttemptDocument,
  createBatcher,
  type DeliveryDocument,
  EVENT_REST_MS,
  isDuplicateKey,
  ObjectId,
} from '@interview-webhooks/database';
import {
  countRedelivered,
  isDatabaseUnavailable,
  type MadeAttempt,
  type RedeliveredOutcome,
  redeliveredOutcomes,
} from '@interview-webhooks/domain';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineOptions } from './engine-options.ts';
import type { Job } from './job.ts';
import type { Leases } from './leases.ts';

/** How an attempt changes its delivery, and its entry in the log. */
export interface Completion {
  job: Job;
  set: Partial<DeliveryDocument>;
  /** A delivery that has ended is not due any more, and finished when that is recorded. */
  ended: boolean;
  /** None where there was nothing to attempt. */
  attempt?: MadeAttempt | undefined;
  /** Whether the receiver has it; null where it was not asked. */
  received: boolean | null;
}

export interface Completing {
  options: Pick<EngineOptions, 'services' | 'log' | 'retentionMs'>;
  leases: Pick<Leases, 'worker' | 'holds'>;
  /** Told of each batch once it is stored. */
  written: (completions: readonly Completion[]) => Promise<void>;
  /** Told of how many could not be completed, for they are another worker's by now. */
  leasesLost: (count: number) => void;
}

/** A completion as it is written, once or more often: its log entry has one id. */
interface Decided extends Completion {
  logId: ObjectId;
}

const RETRY_MS = 200;

/**
 * Writes completions in batches. What is completed is only changed by the worker that still holds its lease.
 *
 * While the database is away a completion is kept and tried again until the delivery is given back: otherwise the
 * receiver would get once more what it has. What waits so still counts as held, which bounds it.
 */
export function createCompletions({ options, leases, written, leasesLost }: Completing) {
  const { services, log, retentionMs } = options;
  const { database, now } = services;
  const batcher = createBatcher<Decided>(
    async (decided) => {
      // One time for all of them: most are alike then, and so one statement.
      const finishedAt = now();
      const expiresAt = new Date(finishedAt.getTime() + retentionMs);
      const completions = decided.map((completion) =>
        completion.ended ? { ...completion, set: { ...completion.set, finishedAt, expiresAt } } : completion,
      );
      const attempts = completions.flatMap((completion) => attemptDocument(completion, expiresAt));
      // The log first, and not waited for on disk: the journal is one, so what follows takes it along.
      if (attempts.length > 0) {
        const soft = { ordered: false, writeConcern: { w: 1, journal: false } };
        // Where an earlier try got so far, they are there already.
        await database.direct.attempts.insertMany(attempts, soft).catch(unlessDuplicates);
      }
      const changes = completions.map(({ job, set, ended }) => ({
        id: job.delivery._id,
        workspaceId: job.delivery.workspaceId,
        filter: { lease: leases.worker },
        update: {
          $set: set,
          $unset: { lease: true as const, ...(ended && { dueAt: true as const }) },
        },
      }));
      const { matchedCount } = await database.direct.deliveries.bulkWrite(
        database.statements.of<DeliveryDocument>(changes),
        { ordered: false },
      );
      if (matchedCount < completions.length) leasesLost(completions.length - matchedCount);
      // Which of them were lost is not said; what is not counted here is found when the redelivery is settled.
      else await countRedelivered(services, completions.flatMap(redelivered)).catch(uncounted);
      await written(completions);
    },
    { restMs: EVENT_REST_MS },
  );
  const uncounted = (error: unknown) => {
    log.error({ err: error }, 'what became of redeliveries could not be counted; it is when they have ended');
  };
  const write = async (completion: Completion): Promise<void> => {
    const decided = { ...completion, logId: new ObjectId() };
    const deliveryId = completion.job.delivery._id;
    for (let attempt = 1; ; attempt++) {
      try {
        await batcher.add(decided);
        return;
      } catch (error) {
        if (!isDatabaseUnavailable(error) || !leases.holds(deliveryId)) throw error;
        if (attempt === 1)
          log.info({ err: error, deliveryId }, 'what came of an attempt is not recorded yet');
        await pause(RETRY_MS);
      }
    }
  };
  return { write, idle: () => batcher.idle() };
}

function attemptDocument({ job: { delivery }, attempt, logId }: Decided, expiresAt: Date): AttemptDocument[] {
  if (!attempt) return [];
  const { workspaceId, _id } = delivery;
  return [{ _id: logId, workspaceId, deliveryId: _id, ...attempt, expiresAt }];
}

function redelivered({ job: { delivery }, set: { state } }: Completion): RedeliveredOutcome[] {
  switch (state) {
    case 'delivered':
    case 'failed':
    case 'cancelled':
      return redeliveredOutcomes([delivery], state);
    case 'pending':
    case 'delivering':
    case undefined:
      return [];
  }
}

function unlessDuplicates(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}
