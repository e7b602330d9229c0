import {
  type AttemptDocument,
  createBatcher,
  type DeliveryDocument,
  ObjectId,
  statementsFor,
} from '@interview-webhooks/database';
import type { MadeAttempt } from '@interview-webhooks/domain';
import type { EngineServices } from './engine-options.ts';
import type { Job } from './job.ts';

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
  services: EngineServices;
  worker: string;
  /** Told of each batch once it is stored. */
  written: (completions: readonly Completion[]) => Promise<void>;
  /** Told of how many could not be completed, for they are another worker's by now. */
  leasesLost: (count: number) => void;
}

/**
 * Writes completions in batches. What is completed is only changed by the worker that still holds its lease.
 *
 */
export function createCompletions({ services, worker, written, leasesLost }: Completing) {
  const { database, now } = services;
  const batcher = createBatcher<Completion>(async (decided) => {
    // One time for all of them: most are alike then, and so one statement.
    const finishedAt = now();
    const completions = decided.map((completion) =>
      completion.ended ? { ...completion, set: { ...completion.set, finishedAt } } : completion,
    );
    const attempts = completions.flatMap(attemptDocument);
    // The log first, and not waited for on disk: the journal is one, so what follows takes it along.
    if (attempts.length > 0) {
      const soft = { ordered: false, writeConcern: { w: 1, journal: false } };
      await database.direct.attempts.insertMany(attempts, soft);
    }
    const changes = completions.map(({ job, set, ended }) => ({
      id: job.delivery._id,
      filter: { lease: worker },
      update: {
        $set: set,
        $unset: { lease: true as const, ...(ended && { dueAt: true as const }) },
      },
    }));
    const { matchedCount } = await database.direct.deliveries.bulkWrite(
      statementsFor<DeliveryDocument>(changes),
      { ordered: false },
    );
    if (matchedCount < completions.length) leasesLost(completions.length - matchedCount);
    await written(completions);
  });
  return { write: (completion: Completion) => batcher.add(completion), idle: () => batcher.idle() };
}

function attemptDocument({ job: { delivery }, attempt }: Completion): AttemptDocument[] {
  if (!attempt) return [];
  const { workspaceId, _id, expiresAt } = delivery;
  return [{ _id: new ObjectId(), workspaceId, deliveryId: _id, ...attempt, expiresAt }];
}
