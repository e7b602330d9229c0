import type { Actor, AuditAction, AuditTarget } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';
import { storedActor } from './stored-actor.ts';

/** Something that somebody did and that no settings revision tells of. Written once, never changed, never removed. */
export interface AuditEntryDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  action: AuditAction;
  actor: Actor;
  target: AuditTarget;
  reason: string | null;
  createdAt: Date;
}

const text = { type: String, required: true };

export const auditEntrySchema = new Schema<AuditEntryDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    action: text,
    actor: storedActor,
    target: { type: text, id: text, name: { type: String, default: null } },
    reason: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  { collection: 'audit_entries' },
);

/**
 * The list, for any action: there are few, so those that are asked for are read side by side, each newest first. The same
 * for what one actor did.
 */
export const auditIndexes = {
  all: { workspaceId: 1, action: 1, createdAt: -1, _id: -1 },
  ofActor: { workspaceId: 1, 'actor.id': 1, action: 1, createdAt: -1, _id: -1 },
} as const;
for (const index of Object.values(auditIndexes)) auditEntrySchema.index(index);
