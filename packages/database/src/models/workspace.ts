import { Schema, type Types } from 'mongoose';

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
    createdAt: { type: Date, required: true },
  },
  { collection: 'workspaces' },
);

workspaceSchema.index({ bootstrap: 1 }, { unique: true, partialFilterExpression: { bootstrap: true } });
