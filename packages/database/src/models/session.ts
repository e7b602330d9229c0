import { Schema, type Types } from 'mongoose';

/** Someone signed in to the dashboard with an API key. It ends with the key, at its time, or when somebody ends it. */
export interface SessionDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  apiKeyId: Types.ObjectId;
  /** SHA-256 of the cookie's token in hex. */
  hash: string;
  createdAt: Date;
  /** When it ends unless it is used before. */
  expiresAt: Date;
  /** To the minute. Absent until its first use where a version without it made the session. */
  lastSeenAt?: Date;
  /** Of its latest use, as `lastSeenAt`. */
  address?: string;
  userAgent?: string;
}

export const sessionSchema = new Schema<SessionDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    apiKeyId: { type: Schema.Types.ObjectId, required: true },
    hash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    lastSeenAt: Date,
    address: String,
    userAgent: String,
  },
  { collection: 'sessions' },
);

sessionSchema.index({ hash: 1 }, { unique: true });
sessionSchema.index({ workspaceId: 1, _id: -1 });
// Those of one key, the next to end first.
sessionSchema.index({ apiKeyId: 1, expiresAt: 1 });
// Housekeeping only: expiry is checked at every use, MongoDB removes what is over within a minute or so.
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
