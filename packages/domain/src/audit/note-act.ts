import { isDuplicateKey, ObjectId } from '@interview-webhooks/database';
import type { AuditAction, AuditTarget } from '@interview-webhooks/schema';
import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { revisionActions } from './revision-actions.ts';

/** Something that is about to be done. What becomes a settings revision is in the audit trail by that alone. */
export interface Act {
  action: Exclude<AuditAction, (typeof revisionActions)[keyof typeof revisionActions]>;
  target: Pick<AuditTarget, 'type' | 'id'> & { name?: string };
  /** For people, where the system does it. */
  reason?: string;
  /** Names an act that can only be done once, so that it is noted once, also where several note it. */
  onceFor?: string;
}

/**
 * Notes in the audit trail what is about to be done. To be called when nothing speaks against it any more, and before it
 * is done: so a crash may leave an entry for what did not come to pass, and never the other way round.
 */
export async function noteAct(
  { database, workspaceId, actor, now }: Pick<Context, 'database' | 'workspaceId' | 'actor' | 'now'>,
  { action, target, reason, onceFor }: Act,
): Promise<void> {
  const entry = {
    ...(onceFor !== undefined && { _id: idFor(onceFor) }),
    workspaceId,
    action,
    actor,
    target: { name: null, ...target },
    reason: reason ?? null,
    createdAt: now(),
  };
  try {
    await database.auditEntries.create(entry);
  } catch (error) {
    if (onceFor === undefined || !isDuplicateKey(error)) throw error;
  }
}

/** An id that is the same for the same act. */
function idFor(act: string): ObjectId {
  return new ObjectId(createHash('sha256').update(act).digest().subarray(0, 12));
}
