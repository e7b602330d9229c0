import {
  type AttemptDocument,
  createBatcher,
  type DeliveryDocument,
  BEHIND_REST_MS,
  isDuplicateKey,
  ObjectId,
} from '@interview-webhooks/database';
import {
  countRedelivered,
  isDatabaseUnavailable,
  type MadeAttempt,
  type RedeliveredOutcome,
  redeliveredOutcomes,
  storedAttempt,
} from '@interview-webhooks/domain';
import { setTimeout as pause } from 'node:timers/promises';
import { reached } from '../milestones.ts';
import { insertNew, type Recorded } from '../outbox/outbox.ts';
import type { Unstored } from '../outbox/unstored.ts';
import type { EngineOptions, EngineServices } from '../engine/engine-options.ts';
import type { Job } from '../attempt/job.ts';
import type { Leases } from '../claim/leases.ts';

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
  /** Deliveries that are sent from memory: they are stored with what came of their first attempt. */
  unstored: Pick<Unstored, 'take'>;
  /** A delivery is stored that was sent from memory. */
  stored: (event: Recorded) => void;
  /** Told of each batch once it is stored. */
  written: (completions: readonly Completion[]) => Promise<void>;
  /** Told of how many could not be completed, for they are another worker's by now. */
  leasesLost: (count: number) => void;
  /** Whether this worker does not wait for the database any longer. */
  isGivenUp: () => boolean;
}

/** A completion as it is written, once or more often: its log entry has one id. */
interface Decided extends Completion {
  logId: ObjectId;
}

const RETRY_MS = 200;

/**
 * Writes completions in batches. What is stored is only changed by the worker that still holds its lease; what is not is
 * stored in the state that it came to.
 *
 * While the database is away a completion is kept and tried again until the delivery is given back: otherwise the
 * receiver would get once more what it has. What waits so still counts as held, which bounds it.
 */
export function createCompletions(completing: Completing) {
  const { options, leases, unstored, stored, written, leasesLost, isGivenUp } = completing;
  const { services, log, retentionMs } = options;

  /** One time for all of them: most are alike then, and so one statement. */
  const finished = <One extends Completion>(completions: readonly One[]) => {
    const finishedAt = services.now();
    const expiresAt = new Date(finishedAt.getTime() + retentionMs);
    const ended = { finishedAt, expiresAt };
    return {
      expiresAt,
      completions: completions.map((completion) =>
        completion.ended ? { ...completion, set: { ...completion.set, ...ended } } : completion,
      ),
    };
  };
  const updating = createBatcher<Decided>(
    async (decided) => {
      const { completions, expiresAt } = finished(decided);
      await logAttempts(services, completions, expiresAt);
      const lost = completions.length - (await updateDeliveries(services, leases.worker, completions));
      if (lost > 0) leasesLost(lost);
      // Which of them were lost is not said; what is not counted here is found when the redelivery is settled.
      else await countRedelivered(services, completions.flatMap(redelivered)).catch(uncounted);
      await written(completions);
    },
    { restMs: BEHIND_REST_MS },
  );
  const inserting = createBatcher<Decided>(
    async (decided) => {
      const { completions } = finished(decided);
      const deliveries = completions.map(firstStored);
      const inserted = await insertNew(services, deliveries);
      if (inserted.size < deliveries.length) leasesLost(deliveries.length - inserted.size);
      await written(completions);
    },
    { restMs: BEHIND_REST_MS },
  );
  const uncounted = (error: unknown) => {
    log.error({ err: error }, 'what became of redeliveries could not be counted; it is when they have ended');
  };
  /** Goes on while the database is away and `isKept` says that the delivery is still this worker's. */
  const writeWith = async (
    batcher: typeof updating,
    completion: Completion,
    isKept: () => boolean,
  ): Promise<void> => {
    const decided = { ...completion, logId: new ObjectId() };
    for (let attempt = 1; ; attempt++) {
      try {
        await batcher.add(decided);
        return;
      } catch (error) {
        if (!isDatabaseUnavailable(error) || !isKept()) throw error;
        const deliveryId = completion.job.delivery._id;
        if (attempt === 1)
          log.info({ err: error, deliveryId }, 'what came of an attempt is not recorded yet');
        await pause(RETRY_MS);
      }
    }
  };
  let unwritten = 0;
  const writeFirst = async (completion: Completion, event: Recorded): Promise<void> => {
    unwritten++;
    try {
      reached('attempted');
      await writeWith(inserting, completion, () => !isGivenUp());
      reached('stored');
      stored(event);
    } finally {
      unwritten--;
    }
  };
  return {
    async write(completion: Completion): Promise<void> {
      const event = await unstored.take(completion.job);
      if (event) await writeFirst(completion, event);
      else await writeWith(updating, completion, () => leases.holds(completion.job.delivery._id));
    },
    /** How many deliveries that were sent from memory have ended and are not stored yet. */
    unwritten: () => unwritten,
    idle: async (): Promise<void> => {
      await Promise.all([updating.idle(), inserting.idle()]);
    },
  };
}

export type Completions = ReturnType<typeof createCompletions>;

/** The log goes first, and is not waited for on disk: the journal is one, so what follows takes it along. */
async function logAttempts(
  { database }: EngineServices,
  completions: readonly Decided[],
  expiresAt: Date,
): Promise<void> {
  const attempts = completions.flatMap((completion) => attemptDocument(completion, expiresAt));
  if (attempts.length === 0) return;
  const soft = { ordered: false, writeConcern: { w: 1, journal: false } };
  // Where an earlier try got so far, they are there already.
  await database.direct.attempts.insertMany(attempts, soft).catch(unlessDuplicates);
}

/** @returns how many of the deliveries were still this worker's */
async function updateDeliveries(
  { database }: EngineServices,
  worker: string,
  completions: readonly Completion[],
): Promise<number> {
  const changes = completions.map(({ job, set, ended }) => ({
    id: job.delivery._id,
    workspaceId: job.delivery.workspaceId,
    filter: { lease: worker },
    update: { $set: set, $unset: { lease: true as const, ...(ended && { dueAt: true as const }) } },
  }));
  const statements = database.statements.of<DeliveryDocument>(changes);
  return (await database.direct.deliveries.bulkWrite(statements, { ordered: false })).matchedCount;
}

/** A delivery that is stored with what came of its first attempt, and that attempt's log. */
function firstStored({ job, set, attempt, ended }: Completion): DeliveryDocument {
  const delivery = { ...job.delivery, ...set };
  delete delivery.lease;
  if (ended) delete delivery.dueAt;
  if (attempt) delivery.firstAttempt = storedAttempt(attempt);
  return delivery;
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
