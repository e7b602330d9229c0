import type { EventType, OutcomeCounts } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';

/**
 * What became of one workspace's deliveries of one event in one hour, or how fast they were answered in one day, so that
 * figures over weeks cost as much with ten deliveries as with ten million. Written behind the deliveries and not waited
 * for on disk.
 */
export interface DeliveryStatsDocument extends Partial<OutcomeCounts> {
  /** Workspace, hour or day, and event: a range of ids is a workspace's hours in order. */
  _id: string;
  workspaceId: Types.ObjectId;
  event: EventType;
  /** When it began. */
  hour: Date;
  /** How many answers took how long, by the number of a step on a logarithmic scale. */
  ms?: Record<string, number>;
  expiresAt: Date;
}

export const deliveryStatsSchema = new Schema<DeliveryStatsDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    event: { type: String, required: true },
    hour: { type: Date, required: true },
    delivered: Number,
    failed: Number,
    cancelled: Number,
    retried: Number,
    ms: Schema.Types.Mixed,
    expiresAt: { type: Date, required: true },
  },
  { collection: 'delivery_stats' },
);

deliveryStatsSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
