import {
  type AttemptDocument,
  createBatcher,
  type DeliveryDocument,
  ObjectId,
} from '@interview-webhooks/database';
import type { MadeAttempt } from '@interview-webhooks/domain';
import type { EngineServices } from './engine-options.ts';
import type { Job } from './job.ts';

/** How an attempt changes its delivery, and its entry in the log. */
export interface Completion {
  job: Job;
  set: Partial<DeliveryDocument>;
  /** A delivery that has ended is not due any more. */
  ended: boolean;
  /** None where there was nothing to attempt. */
  attempt?: MadeAttempt | undefined;
  /** Whether the receiver has it; null where it was not asked. */
  received: boolean | null;
}

/**
 * Writes completions in batches. What is completed is only changed by the worker that still holds its lease.
 *
 * @param written told of each batch once it is stored
 */
export function createCompletions(
  { database }: EngineServices,
  worker: string,
  written: (completions: readonly Completion[]) => Promise<void>,
) {
  const batcher = createBatcher<Completion>(async (completions) => {
    const attempts = completions.flatMap(attemptDocument);
    // The log first, and not waited for on disk: the journal is one, so what follows takes it along.
    if (attempts.length > 0) {
      const soft = { ordered: false, writeConcern: { w: 1, journal: false } };
      await database.direct.attempts.insertMany(attempts, soft);
    }
    await database.direct.deliveries.bulkWrite(
      completions.map(({ job, set, ended }) => ({
        updateOne: {
          filter: { _id: job.delivery._id, lease: worker },
          update: { $set: set, $unset: { lease: true, ...(ended && { dueAt: true }) } },
        },
      })),
      { ordered: false },
    );
    await written(completions);
  });
  return { write: (completion: Completion) => batcher.add(completion), idle: () => batcher.idle() };
}

function attemptDocument({ job: { delivery }, attempt }: Completion): AttemptDocument[] {
  if (!attempt) return [];
  const { workspaceId, _id, expiresAt } = delivery;
  return [{ _id: new ObjectId(), workspaceId, deliveryId: _id, ...attempt, expiresAt }];
}
