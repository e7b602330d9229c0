import type { Actor, DeliveryFilter, Redelivery } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';
import { storedActor } from './stored-actor.ts';

/** A walk over the deliveries that match, oldest first, which sends each of them again. */
export interface RedeliveryDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  filter: DeliveryFilter;
  state: Redelivery['state'];
  total: number | null;
  /** How many the walk has taken up. */
  queued: number;
  /** What became of them; none where a version without counters began it. */
  counts?: Partial<RedeliveryCounts>;
  /** Whether all of them have ended and `counts` is final. */
  isSettled?: boolean;
  /** When somebody is to look whether all of them have ended. */
  settleAt?: Date;
  /** How far the walk has come. */
  position: DeliveryPosition | null;
  /** Whether the walk has come to its end; then it is only waited for what it has taken up. */
  isWalked: boolean;
  /** When a worker is to go on with it: the next look, or the end of the lease of who does. */
  dueAt?: Date;
  actor: Actor;
  createdAt: Date;
  finishedAt: Date | null;
}

/**
 * How many of the deliveries that a redelivery took up have ended in each way. Written right behind what ended them, so a
 * crash between the two leaves it short; when all have ended, they are counted once more.
 */
export interface RedeliveryCounts {
  delivered: number;
  failed: number;
  cancelled: number;
  /** Its own no more before they had ended: put back, or taken up by another one. */
  released: number;
}

/** A place in the order of time. */
export interface DeliveryPosition {
  createdAt: Date;
  id: string;
}

const KEPT_SECONDS = 90 * 24 * 60 * 60;

const date = { type: Date, required: true };

export const redeliverySchema = new Schema<RedeliveryDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    filter: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    total: { type: Number, default: null },
    queued: { type: Number, required: true },
    counts: {
      type: new Schema(
        { delivered: Number, failed: Number, cancelled: Number, released: Number },
        { _id: false },
      ),
      default: undefined,
    },
    isSettled: Boolean,
    settleAt: Date,
    position: { type: new Schema({ createdAt: date, id: String }, { _id: false, id: false }), default: null },
    isWalked: { type: Boolean, required: true },
    dueAt: Date,
    actor: storedActor,
    createdAt: date,
    finishedAt: { type: Date, default: null },
  },
  { collection: 'redeliveries', minimize: false },
);

redeliverySchema.index({ workspaceId: 1, _id: -1 });
/** Holds those that are running, and no others for long. */
export const redeliveryDueIndex = { dueAt: 1 } as const;
redeliverySchema.index(redeliveryDueIndex, { partialFilterExpression: { dueAt: { $exists: true } } });
// What a version without counters has stored has neither field, and is found as well.
redeliverySchema.index({ isSettled: 1, settleAt: 1 });
redeliverySchema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
