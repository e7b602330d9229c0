import type { Actor } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';
import { storedActor } from './stored-actor.ts';

/** A decision to revoke an API key, from when it is made until it is carried out. */
export interface RevocationDocument {
  _id: Types.ObjectId;
  apiKeyId: Types.ObjectId;
  /** Whether the keys that it created, and those that they created, end with it. */
  includeCreated: boolean;
  actor: Actor;
  decidedAt: Date;
}

/** One account: everything else belongs to exactly one. */
export interface WorkspaceDocument {
  _id: Types.ObjectId;
  name: string;
  /** Marks the workspace of the first start, so that two servers starting at once make one. */
  bootstrap?: true;
  /** Sealed, the newest first; those with an end still sign beside it until then. Made when first needed. */
  signingSecrets?: { sealed: string; expiresAt: Date | null }[];
  /** Until then whole requests are kept for whoever listens to them; renewed while somebody does. */
  listenedUntil?: Date;
  /** The demo of the first start in local mode, while it is there: the URL that its webhooks go to. */
  demo?: { url: string };
  /** How many decisions to revoke keys were made. Each is made on the count that it read, so no two rest on the same keys. */
  keyDecisions?: number;
  /** The last of them, while it may not be carried out yet. */
  revocation?: RevocationDocument;
  /**
   * The newest revision of the settings, for those who have kept one. Written right after the revision, so it may be behind
   * for a moment; who finds a newer revision than this writes it here before anything is answered.
   */
  settingsRevision?: number;
  /** How many times AI interviews were changed or removed, for those who have kept some. Written right after each change. */
  interviewChanges?: number;
  createdAt: Date;
}

export const workspaceSchema = new Schema<WorkspaceDocument>(
  {
    name: { type: String, required: true },
    bootstrap: Boolean,
    signingSecrets: {
      type: [new Schema({ sealed: String, expiresAt: { type: Date, default: null } }, { _id: false })],
      default: undefined,
    },
    listenedUntil: Date,
    demo: { type: new Schema({ url: String }, { _id: false }), default: undefined },
    keyDecisions: Number,
    revocation: {
      type: new Schema({
        apiKeyId: { type: Schema.Types.ObjectId, required: true },
        includeCreated: { type: Boolean, required: true },
        actor: storedActor,
        decidedAt: { type: Date, required: true },
      }),
      default: undefined,
    },
    settingsRevision: Number,
    interviewChanges: Number,
    createdAt: { type: Date, required: true },
  },
  { collection: 'workspaces' },
);

workspaceSchema.index({ bootstrap: 1 }, { unique: true, partialFilterExpression: { bootstrap: true } });
// Holds only what a server died over, so it is as good as empty.
workspaceSchema.index(
  { 'revocation.decidedAt': 1 },
  { partialFilterExpression: { 'revocation.decidedAt': { $exists: true } } },
);
