import { Schema, type Types } from 'mongoose';

/** The whole request of an attempt, kept for minutes and only while somebody listens to its workspace. */
export interface SentRequestDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  /** Sealed: it has the receiver's credential in it. */
  sealed: string;
  sentAt: Date;
  expiresAt: Date;
}

const date = { type: Date, required: true };

export const sentRequestSchema = new Schema<SentRequestDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    sealed: { type: String, required: true },
    sentAt: date,
    expiresAt: date,
  },
  { collection: 'sent_requests' },
);

sentRequestSchema.index({ workspaceId: 1, sentAt: 1 });
sentRequestSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
