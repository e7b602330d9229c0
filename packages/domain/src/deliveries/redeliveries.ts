import {
  COUNT_MAX_MS,
  isObjectId,
  isOverTime,
  type ObjectId,
  type RedeliveryDocument,
  redeliveryDueIndex,
} from '@interview-webhooks/database';
import {
  COUNTED_UP_TO,
  type CreateRedelivery,
  type DeliveryCount,
  type DeliveryFilter,
  type Page,
  type PageRequest,
  type Redelivery,
  type RedeliveryRef,
} from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { createOnce } from '../idempotency.ts';
import { afterId, cutPage } from '../paging.ts';
import { indexFor, matching } from './read-deliveries.ts';
import { waitingOf } from './redelivery-counts.ts';
import { putBack } from './walk-redelivery.ts';

/** More at once would only make each of them slower. */
const MAX_RUNNING = 10;
/** From one look at whether everything has ended to the next. */
export const SETTLE_EVERY_MS = 30_000;

/** How many deliveries match, where that is soon counted. */
export async function countDeliveries(
  { database, workspaceId }: Pick<Context, 'database' | 'workspaceId'>,
  filter: DeliveryFilter,
): Promise<DeliveryCount> {
  try {
    const found = await database.deliveries.countDocuments(
      { $and: [{ workspaceId }, matching(filter)] },
      { limit: COUNTED_UP_TO + 1, hint: indexFor(filter), maxTimeMS: COUNT_MAX_MS },
    );
    return { count: found > COUNTED_UP_TO ? null : found };
  } catch (error) {
    if (isOverTime(error)) return { count: null };
    throw error;
  }
}

/**
 * Sends every delivery again that matches now, as if each were redelivered by hand, but those of which an attempt is
 * being made. Engines do it, a bounded number at a time; what happens from now on is not part of it.
 *
 * @throws ConflictError when too many are running
 * @throws InvalidInputError when the request's `Idempotency-Key` was used with another input
 */
export async function createRedelivery(context: Context, filter: CreateRedelivery): Promise<Redelivery> {
  const { database, workspaceId, actor } = context;
  const redelivery = await createOnce(context, {
    operation: 'redeliveries.create',
    input: filter,
    create: async (_id) => {
      await refuseTooMany(context);
      const createdAt = context.now();
      const { count } = await countDeliveries(context, filter);
      await noteAct(context, { action: 'redelivery.created', target: targetOf(_id) });
      const created = await database.redeliveries.create({
        _id,
        workspaceId,
        filter,
        state: 'running',
        total: count,
        queued: 0,
        counts: {},
        isSettled: false,
        settleAt: new Date(createdAt.getTime() + SETTLE_EVERY_MS),
        isWalked: false,
        dueAt: createdAt,
        actor,
        createdAt,
      });
      return created.toObject();
    },
    find: (_id) =>
      database.committed((options) =>
        database.redeliveries.findOne({ _id, workspaceId }).setOptions(options).lean(),
      ),
  });
  context.events.due();
  return redeliveryView(redelivery);
}

async function refuseTooMany({ database, workspaceId }: Context): Promise<void> {
  const running = await database.redeliveries.countDocuments(
    { workspaceId, state: 'running', dueAt: { $exists: true } },
    { limit: MAX_RUNNING, hint: redeliveryDueIndex, maxTimeMS: COUNT_MAX_MS },
  );
  if (running < MAX_RUNNING) return;
  throw new ConflictError(`${running} redeliveries are running; wait until one has ended, or cancel one.`);
}

/**
 * One redelivery of many, with its progress.
 *
 * @throws NotFoundError
 */
export async function getRedelivery(context: Context, { redelivery_id }: RedeliveryRef): Promise<Redelivery> {
  return redeliveryView(await findRedelivery(context, redelivery_id));
}

/** The workspace's redeliveries of many, newest first. */
export async function listRedeliveries(
  context: Context,
  { cursor, limit }: PageRequest,
): Promise<Page<Redelivery>> {
  const { database, workspaceId } = context;
  const found = await database.redeliveries
    .find({ workspaceId, ...afterId(cursor) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  return cutPage(found, limit, { entry: redeliveryView, cursor: ({ _id }) => _id.toHexString() });
}

/**
 * Stops sending many again. What was taken up and not tried yet becomes what it was before; what was tried and failed
 * keeps its retries. Cancelling it again changes nothing.
 *
 * @throws NotFoundError
 * @throws ConflictError when it is completed
 */
export async function cancelRedelivery(
  context: Context,
  { redelivery_id }: RedeliveryRef,
): Promise<Redelivery> {
  const { database, now } = context;
  const { _id, workspaceId, state } = await findRedelivery(context, redelivery_id);
  if (state === 'running') {
    await noteAct(context, { action: 'redelivery.cancelled', target: targetOf(_id) });
  }
  const at = now();
  // Due at once: an engine puts back what another one may be taking up at this moment.
  const cancelled = { state: 'cancelled', finishedAt: at, dueAt: at } as const;
  await database.redeliveries.updateOne({ _id, workspaceId, state: 'running' }, { $set: cancelled });
  const redelivery = await findRedelivery(context, redelivery_id);
  if (redelivery.state === 'completed') {
    throw new ConflictError('All of these deliveries have been tried again; there is nothing to stop.');
  }
  await putBack(context, redelivery);
  context.events.due();
  return redeliveryView(await findRedelivery(context, redelivery_id));
}

function targetOf(id: ObjectId) {
  return { type: 'redelivery', id: id.toHexString() } as const;
}

async function findRedelivery({ database, workspaceId }: Context, id: string): Promise<RedeliveryDocument> {
  const found = isObjectId(id) ? await database.redeliveries.findOne({ _id: id, workspaceId }).lean() : null;
  if (!found) throw new NotFoundError('redelivery');
  return found;
}

function redeliveryView(redelivery: RedeliveryDocument): Redelivery {
  const { _id, state, filter, total, queued, counts, actor, createdAt, finishedAt } = redelivery;
  return {
    redelivery_id: _id.toHexString(),
    state,
    filter,
    total,
    queued,
    waiting: waitingOf(redelivery),
    delivered: counts?.delivered ?? 0,
    failed: counts?.failed ?? 0,
    cancelled: counts?.cancelled ?? 0,
    created_by: { type: actor.type, id: actor.id, name: actor.name },
    created_at: createdAt.toISOString(),
    finished_at: finishedAt?.toISOString() ?? null,
  };
}
