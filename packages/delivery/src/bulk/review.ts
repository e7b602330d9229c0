import type { DeliveryDocument } from '@interview-webhooks/database';
import {
  countRedelivered,
  deliveriesInSteps,
  redeliveredOutcomes,
  type SettingsChange,
} from '@interview-webhooks/domain';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineOptions } from '../engine/engine-options.ts';
import type { OutcomeCounts } from '../complete/outcome-counts.ts';
import { type Prepared, prepareStored, whyNot } from '../attempt/job.ts';

const BATCH = 500;
/** What changes within so long is looked over once. */
const TOGETHER_MS = 20;
/** From one look to the next: who changes settings all the time does not have them looked over all the time. */
const REST_MS = 250;

type Review = Pick<EngineOptions, 'services' | 'log' | 'retentionMs'> & { counts: OutcomeCounts };

interface Noted extends SettingsChange {
  at: Date;
}

/** Reviews workspaces one after the other. Told of many changes of one, it looks once. */
export function createReviews(options: Review, reviewed: () => void) {
  const { services, log } = options;
  const changes = new Map<string, Noted>();
  let working: Promise<void> | undefined;
  let restsUntilMs = 0;

  const work = async () => {
    while (changes.size > 0) {
      await pause(Math.max(TOGETHER_MS, restsUntilMs - performance.now()));
      const all = [...changes.values()];
      changes.clear();
      for (const change of all) {
        await review(options, change).catch((error: unknown) => {
          log.error({ err: error, workspaceId: change.workspaceId }, 'what waits could not be looked over');
        });
      }
      restsUntilMs = performance.now() + REST_MS;
      reviewed();
    }
    working = undefined;
  };

  return {
    add(change: SettingsChange): void {
      // Of a person's change and the system's, the person's is looked over: it does more.
      const known = changes.get(change.workspaceId);
      if (!known || known.by === 'system' || change.by !== 'system') {
        changes.set(change.workspaceId, { ...change, at: services.now() });
      }
      working ??= work();
    },
    /** Resolves when all changes are looked over. */
    idle: () => working ?? Promise.resolve(),
  };
}

/**
 * Looks over what waits in a workspace whose settings have changed. What is switched off now is cancelled with the
 * reason; whatever somebody corrected gets a fresh start, without its breaker, unless it has begun to fail since. A look
 * that is cut short does no harm: the next attempt of each delivery goes by the settings of its moment anyway.
 */
async function review(options: Review, { workspaceId, by, at }: Noted): Promise<void> {
  const { database, now } = options.services;
  if (by !== 'system') {
    await database.endpoints.deleteMany({ workspaceId, failingSince: { $lte: at } });
    await database.deliveries.updateMany(
      { workspaceId, state: 'pending', reason: 'endpoint-failing' },
      { $set: { dueAt: now(), reason: null } },
    );
  }
  const waiting = deliveriesInSteps({ database, workspaceId }, { state: 'pending' }, BATCH);
  for await (const deliveries of waiting) await cancelSwitchedOff(options, deliveries);
}

async function cancelSwitchedOff(options: Review, deliveries: readonly DeliveryDocument[]): Promise<void> {
  const prepared = await prepareStored(options, deliveries);
  await Promise.all([cancel(options, prepared, 'webhook-off'), cancel(options, prepared, 'no-url')]);
}

async function cancel(
  { services: { database, now }, counts, retentionMs }: Review,
  prepared: readonly Prepared[],
  reason: 'webhook-off' | 'no-url',
): Promise<void> {
  const off = prepared.filter(({ target }) => whyNot(target) === reason).map(({ delivery }) => delivery);
  if (off.length === 0) return;
  const finishedAt = now();
  const expiresAt = new Date(finishedAt.getTime() + retentionMs);
  const cancelling = database.statements.ofAll<DeliveryDocument>(off, {
    filter: { state: 'pending' },
    update: { $set: { state: 'cancelled', reason, finishedAt, expiresAt }, $unset: { dueAt: true } },
  });
  const { modifiedCount } = await database.direct.deliveries.bulkWrite(cancelling, { ordered: false });
  // Which of them a worker took up meanwhile is not said, and makes no difference to a count.
  counts.cancelled(off.slice(0, modifiedCount), finishedAt);
  // It does to a redelivery: one that is not counted here is found when that is settled.
  if (modifiedCount === off.length)
    await countRedelivered({ database }, redeliveredOutcomes(off, 'cancelled'));
}
