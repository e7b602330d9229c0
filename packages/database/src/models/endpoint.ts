import { Schema, type Types } from 'mongoose';

/**
 * An endpoint that fails: one workspace's deliveries to one URL, whatever its query. There is none for an endpoint whose last answer
 * was good, so that what works costs nothing here. All workers share it.
 */
export interface EndpointDocument {
  /** Workspace and URL, as in a delivery's `endpoint`. */
  _id: string;
  workspaceId: Types.ObjectId;
  /** Failures since the last success. */
  failures: number;
  /** When the first of them was. */
  failingSince: Date;
  /** While the breaker is open: nothing is sent before, and then one probe. Null while it is closed. */
  openUntil: Date | null;
  /** How many pauses it has made. */
  pauses: number;
  /** Counts changes, so that two workers at once never lose one. */
  version: number;
  /** Who has not failed for so long begins anew. */
  expiresAt: Date;
}

const count = { type: Number, required: true };
const date = { type: Date, required: true };

export const endpointSchema = new Schema<EndpointDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    failures: count,
    failingSince: date,
    openUntil: { type: Date, default: null },
    pauses: count,
    version: count,
    expiresAt: date,
  },
  { collection: 'endpoints' },
);

endpointSchema.index({ workspaceId: 1 });
endpointSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
