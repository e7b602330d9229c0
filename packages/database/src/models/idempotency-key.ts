import { Schema, type Types } from 'mongoose';

/** A caller's `Idempotency-Key`, and the id that whatever it creates will have. */
export interface IdempotencyKeyDocument {
  /** SHA-256 over workspace, operation and key. */
  _id: string;
  /**
   * SHA-256 of the input as it was first given: the same key with another input is a mistake of the caller. A version that
   * knows no `canonicalHash` goes by it.
   */
  inputHash: string;
  /** The same of the input with its keys in order; none where that version has stored it. */
  canonicalHash?: string;
  /** How many requests have taken it and were not refused: those that create something never give it back. */
  holders?: number;
  createdId: Types.ObjectId;
  createdAt: Date;
}

/** So long a key stands for what was created with it. */
export const IDEMPOTENCY_KEPT_MS = 24 * 60 * 60_000;

export const idempotencyKeySchema = new Schema<IdempotencyKeyDocument>(
  {
    _id: { type: String, required: true },
    inputHash: { type: String, required: true },
    canonicalHash: String,
    holders: Number,
    createdId: { type: Schema.Types.ObjectId, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'idempotency_keys' },
);

idempotencyKeySchema.index({ createdAt: 1 }, { expireAfterSeconds: IDEMPOTENCY_KEPT_MS / 1000 });
