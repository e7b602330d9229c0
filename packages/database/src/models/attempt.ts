import type { Attempt, AttemptTrigger } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';

/** Name and value of each: a header's name may have dots and dollar signs, which are no good as a field's. */
export type StoredHeaders = [name: string, value: string][];

/** One try to deliver. Only ever inserted. */
export interface AttemptDocument extends Pick<Attempt, 'url' | 'status' | 'error' | 'timings'> {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  deliveryId: string;
  /** 1 for the first attempt of a delivery. */
  number: number;
  trigger: AttemptTrigger;
  /** The newest settings revision of the workspace when the attempt was made. */
  settingsRevision: number;
  /** Its body is the delivery's: the same bytes on every attempt. */
  request: { headers: StoredHeaders };
  response: { headers: StoredHeaders; body: string; truncated: boolean } | null;
  remoteAddress: string | null;
  startedAt: Date;
  nextAttemptAt: Date | null;
  expiresAt: Date;
}

const mixed = { type: Schema.Types.Mixed, default: null };

export const attemptSchema = new Schema<AttemptDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    deliveryId: { type: String, required: true },
    number: { type: Number, required: true },
    trigger: { type: String, required: true },
    settingsRevision: { type: Number, required: true },
    url: { type: String, required: true },
    request: mixed,
    remoteAddress: { type: String, default: null },
    status: { type: Number, default: null },
    response: mixed,
    timings: mixed,
    error: mixed,
    startedAt: { type: Date, required: true },
    nextAttemptAt: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'attempts', minimize: false },
);

attemptSchema.index({ deliveryId: 1, number: 1 });
attemptSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
