import { Schema } from 'mongoose';

/** A document that changes when other processes are to look for work. */
export interface WakeUpDocument {
  /** What there is to look for; so far only `deliveries`. */
  _id: string;
  /** How often it has changed. */
  count: number;
}

export const wakeUpSchema = new Schema<WakeUpDocument>(
  { _id: { type: String, required: true }, count: { type: Number, required: true } },
  { collection: 'wake_ups' },
);
