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
redeliverySchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
redeliverySchema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
