import type { Actor, RevisionAction, WebhookPart, WebhookSettings } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';
import { auditIndexes } from './audit-entry.ts';
import { storedActor } from './stored-actor.ts';

/** One immutable revision of a workspace's settings: the whole settings after that change. */
export interface WebhookSettingsDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  /** Counts from 1 without gaps. */
  revision: number;
  settings: WebhookSettings;
  /** For each part, the newest revision that was applied to all AI interviews; 0 for never. */
  appliedToAll: Record<WebhookPart, number>;
  action: RevisionAction;
  reason: string | null;
  restoredFrom: number | null;
  actor: Actor;
  createdAt: Date;
}

const target = new Schema(
  { status: { type: Boolean, required: true }, url: { type: String, default: null } },
  { _id: false },
);

/** How each part is stored, secrets sealed; AI interviews store their own parts in the same shape. */
export const storedParts = {
  start: target,
  submission: target,
  auth: new Schema(
    {
      type: { type: String, enum: ['basic', 'apikey', null], default: null },
      username: String,
      password: String,
      header: String,
      apikey: String,
    },
    { _id: false },
  ),
};

const count = { type: Number, required: true };

export const webhookSettingsSchema = new Schema<WebhookSettingsDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    revision: count,
    settings: { type: new Schema(storedParts, { _id: false }), required: true },
    appliedToAll: { start: count, submission: count, auth: count },
    action: { type: String, required: true },
    reason: { type: String, default: null },
    restoredFrom: { type: Number, default: null },
    actor: storedActor,
    createdAt: { type: Date, required: true },
  },
  { collection: 'webhook_settings' },
);

// The lock between writers: whoever inserts revision n first has made it.
webhookSettingsSchema.index({ workspaceId: 1, revision: -1 }, { unique: true });
// Finds among any number of revisions those that the system made.
webhookSettingsSchema.index({ workspaceId: 1, action: 1, revision: -1 });
// The revisions are the audit trail of the settings, and are listed with the rest of it.
for (const index of Object.values(auditIndexes)) webhookSettingsSchema.index(index);
