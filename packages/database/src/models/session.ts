import { Schema, type Types } from 'mongoose';

/** Someone signed in to the dashboard with an API key. It ends with the key, at its time, or at sign-out. */
export interface SessionDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  apiKeyId: Types.ObjectId;
  /** SHA-256 of the cookie's token in hex. */
  hash: string;
  createdAt: Date;
  expiresAt: Date;
}

export const sessionSchema = new Schema<SessionDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    apiKeyId: { type: Schema.Types.ObjectId, required: true },
    hash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions' },
);

sessionSchema.index({ hash: 1 }, { unique: true });
// Housekeeping only: expiry is checked at every use, MongoDB removes what is over within a minute or so.
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
