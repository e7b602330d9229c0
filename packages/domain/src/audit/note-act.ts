import type { AuditAction, AuditTarget } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import type { revisionActions } from './revision-actions.ts';

/** Something that is about to be done. What becomes a settings revision is in the audit trail by that alone. */
export interface Act {
  action: Exclude<AuditAction, (typeof revisionActions)[keyof typeof revisionActions]>;
  target: Pick<AuditTarget, 'type' | 'id'> & { name?: string };
  /** For people, where the system does it. */
  reason?: string;
}

/**
 * Notes in the audit trail what is about to be done. To be called when nothing speaks against it any more, and before it
 * is done: so a crash may leave an entry for what did not come to pass, and never the other way round.
 */
export async function noteAct(
  { database, workspaceId, actor, now }: Pick<Context, 'database' | 'workspaceId' | 'actor' | 'now'>,
  { action, target, reason }: Act,
): Promise<void> {
  await database.auditEntries.create({
    workspaceId,
    action,
    actor,
    target: { name: null, ...target },
    reason: reason ?? null,
    createdAt: now(),
  });
}
