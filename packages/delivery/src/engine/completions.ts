import { type AttemptDocument, type DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import type { MadeAttempt } from '@interview-webhooks/domain';
import { createBatcher } from './batcher.ts';
import type { EngineServices } from './engine-options.ts';

/** How an attempt changes its delivery, and its entry in the log. */
export interface Completion {
  delivery: DeliveryDocument;
  set: Partial<DeliveryDocument>;
  /** Fields to remove; a delivery that has ended is not due any more. */
  ended: boolean;
  /** None where there was nothing to attempt. */
  attempt?: MadeAttempt | undefined;
}

/** Writes completions in batches. What is completed is only changed by the worker that still holds its lease. */
export function createCompletions({ database }: EngineServices, worker: string) {
  const batcher = createBatcher<Completion>(async (completions) => {
    const attempts = completions.flatMap(attemptDocument);
    // The log first: whatever happens next, what was sent is on record.
    if (attempts.length > 0) await database.attempts.collection.insertMany(attempts, { ordered: false });
    await database.deliveries.bulkWrite(
      completions.map(({ delivery, set, ended }) => ({
        updateOne: {
          filter: { _id: delivery._id, lease: worker },
          update: { $set: set, $unset: ended ? { lease: 1, dueAt: 1 } : { lease: 1 } },
        },
      })),
      { ordered: false },
    );
  });
  return { write: (completion: Completion) => batcher.add(completion), idle: () => batcher.idle() };
}

function attemptDocument({ delivery, attempt }: Completion): AttemptDocument[] {
  if (!attempt) return [];
  const { workspaceId, _id, expiresAt } = delivery;
  return [{ _id: new ObjectId(), workspaceId, deliveryId: _id, ...attempt, expiresAt }];
}
