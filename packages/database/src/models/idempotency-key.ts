import { Schema, type Types } from 'mongoose';

/** A caller's `Idempotency-Key`, and the id that whatever it creates will have. */
export interface IdempotencyKeyDocument {
  /** SHA-256 over workspace, operation and key. */
  _id: string;
  /** SHA-256 of the input: the same key with another input is a mistake of the caller. */
  inputHash: string;
  createdId: Types.ObjectId;
  createdAt: Date;
}

export const KEPT_SECONDS = 24 * 60 * 60;

export const idempotencyKeySchema = new Schema<IdempotencyKeyDocument>(
  {
    _id: { type: String, required: true },
    inputHash: { type: String, required: true },
    createdId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'idempotency_keys' },
);

idempotencyKeySchema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
