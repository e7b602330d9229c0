import { Schema, type Types } from 'mongoose';

/** How far something that goes through a whole collection has come, so that the next process goes on from there. */
export interface WalkedDocument {
  /** What is done, and to which collection: `search-keys-2 responses`. */
  _id: string;
  /** The last document that was looked at. */
  upTo: Types.ObjectId;
}

export const walkedSchema = new Schema<WalkedDocument>(
  { _id: { type: String, required: true }, upTo: { type: Schema.Types.ObjectId, required: true } },
  { collection: 'walked' },
);
