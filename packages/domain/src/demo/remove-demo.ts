import type { AttemptDocument, DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import type { RemovedDemo } from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { firstAttemptOf } from '../deliveries/first-attempt.ts';
import type { Inboxes } from '../inbox/inboxes.ts';
import {
  attemptCounted,
  type CountedOutcome,
  countOutcomes,
  endCounted,
} from '../overview/count-outcomes.ts';
import { changeSettings } from '../settings/change-settings.ts';
import { DEMO_INBOX } from './seed-demo.ts';

const BATCH = 500;

/**
 * Removes what the demo made and what came of it, also by hand: its AI interviews with their candidates and deliveries,
 * and the webhooks' URLs where they still are the demo's. Everything else stays, the settings' history included. Removing
 * it again, or where there is none, changes nothing.
 */
export async function removeDemo(context: Context & { inboxes: Inboxes }): Promise<RemovedDemo> {
  const { database, workspaceId, inboxes } = context;
  const workspace = await database.workspaces.findById(workspaceId).lean();
  if (!workspace?.demo) return { ai_interviews: 0, responses: 0, deliveries: 0 };
  await noteAct(context, { action: 'demo.removed', target: { type: 'workspace', id: workspaceId } });
  await clearUrls(context, workspace.demo.url);
  const found = await database.aiInterviews.find({ workspaceId, demo: true }, { _id: 1 }).limit(BATCH).lean();
  const ofDemo = { workspaceId, interviewId: { $in: found.map(({ _id }) => _id) } };
  // First, so that no event of theirs becomes a delivery.
  const { deletedCount: responses } = await database.responses.deleteMany(ofDemo);
  const deliveries = await removeDeliveries(context, ofDemo.interviewId.$in);
  await database.aiInterviews.deleteMany({ workspaceId, demo: true });
  await database.announce.aiInterviews([workspaceId]);
  inboxes.clear(DEMO_INBOX);
  // Last: what is cut short is done again.
  await database.workspaces.updateOne({ _id: workspaceId }, { $unset: { demo: 1 } });
  return { ai_interviews: found.length, responses, deliveries };
}

async function clearUrls(context: Context, demoUrl: string): Promise<void> {
  await changeSettings(context, (settings) => {
    const off = { status: false, url: null };
    const { start, submission, auth } = settings;
    return {
      settings: {
        start: start.url === demoUrl ? off : start,
        submission: submission.url === demoUrl ? off : submission,
        auth,
      },
      applyToAll: [],
      action: 'updated',
    };
  });
}

async function removeDeliveries(context: Context, interviewIds: readonly ObjectId[]): Promise<number> {
  const { database, workspaceId } = context;
  let removed = 0;
  for (;;) {
    const batch = await database.deliveries
      .find({ workspaceId, interviewId: { $in: interviewIds } })
      .limit(BATCH)
      .lean();
    if (batch.length === 0) return removed;
    const ids = batch.map(({ _id }) => _id);
    await uncount(context, batch);
    await database.deliveries.deleteMany({ _id: { $in: ids }, workspaceId });
    await database.attempts.deleteMany({ deliveryId: { $in: ids }, workspaceId });
    removed += batch.length;
  }
}

/** Takes back what the statistics say of them. */
async function uncount(context: Context, deliveries: readonly DeliveryDocument[]): Promise<void> {
  const { database, workspaceId } = context;
  const byId = new Map(deliveries.map((delivery) => [delivery._id, delivery]));
  const attempted: CountedOutcome[] = deliveries.flatMap((delivery) =>
    firstAttemptOf(delivery).map((attempt) => attemptCounted(delivery, attempt)),
  );
  for (let found: AttemptDocument[] | undefined; found?.length !== 0;) {
    const last = found?.at(-1)?._id;
    found = await database.attempts
      .find({ deliveryId: { $in: [...byId.keys()] }, workspaceId, ...(last && { _id: { $gt: last } }) })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean();
    for (const attempt of found) {
      const delivery = byId.get(attempt.deliveryId);
      if (delivery) attempted.push(attemptCounted(delivery, attempt));
    }
  }
  const cancelled = deliveries.flatMap((delivery) =>
    delivery.state === 'cancelled' && delivery.finishedAt
      ? [endCounted(delivery, 'cancelled', delivery.finishedAt)]
      : [],
  );
  await countOutcomes(context, [...attempted, ...cancelled], -1);
}
