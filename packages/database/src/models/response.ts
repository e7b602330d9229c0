import type { EventType, InviteStatus, ReportedResult } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';

/** An event that has happened and is not stored as a delivery yet. */
export interface OutboxEntry {
  event: EventType;
  /** The process that recorded the event, and sends it while its lease lasts. */
  by: string;
  /** When the lease ends. After that, any worker makes the event a delivery. */
  until: Date;
  /** Where tracing is on: the trace that the event belongs to, as the W3C's `traceparent`. */
  trace?: string;
}

/** One candidate's way through one AI interview. */
export interface ResponseDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  interviewId: Types.ObjectId;
  candidate: { id: Types.ObjectId; name: string; email: string };
  /** What a search for the candidate may begin with. Written with the invitation, so that deliveries need none. */
  search: string[];
  customFieldId?: string;
  status: InviteStatus;
  invitedAt: Date;
  opensAt: Date | null;
  expiresAt: Date | null;
  startedAt: Date | null;
  submittedAt: Date | null;
  result: ReportedResult | null;
  /**
   * The outbox: events that have happened and are not stored as deliveries yet. Written in the very update that records the
   * event, so that an acknowledged event can never be without its entry. Versions that know only `outbox` leave these alone.
   */
  outboxEntries?: OutboxEntry[];
  /** The outbox of the version before: nobody holds a lease on these. */
  outbox?: EventType[];
  /** Their traces. */
  traces?: Partial<Record<'start' | 'submission', string>>;
}

const date = { type: Date, default: null };

export const responseSchema = new Schema<ResponseDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    interviewId: { type: Schema.Types.ObjectId, required: true },
    candidate: {
      type: new Schema({ id: Schema.Types.ObjectId, name: String, email: String }, { _id: false }),
      required: true,
    },
    search: { type: [String], required: true },
    customFieldId: String,
    status: { type: String, required: true },
    invitedAt: { type: Date, required: true },
    opensAt: date,
    expiresAt: date,
    startedAt: date,
    submittedAt: date,
    result: { type: Schema.Types.Mixed, default: null },
    outboxEntries: { type: [Schema.Types.Mixed], default: undefined },
    outbox: { type: [String], default: undefined },
    traces: { type: Schema.Types.Mixed, default: undefined },
  },
  { collection: 'responses', minimize: false },
);

/** The list, for any status: the three are read side by side. */
export const responseListIndex = { workspaceId: 1, status: 1, _id: -1 } as const;
responseSchema.index(responseListIndex);
responseSchema.index({ workspaceId: 1, search: 1, _id: -1 });
responseSchema.index({ workspaceId: 1, interviewId: 1, _id: -1 });
responseSchema.index(
  { workspaceId: 1, customFieldId: 1 },
  { unique: true, partialFilterExpression: { customFieldId: { $exists: true } } },
);
/** What is in an outbox, by the end of its lease. Nothing stays there for long, so it is nearly empty. */
export const outboxIndex = { 'outboxEntries.until': 1 } as const;
responseSchema.index(outboxIndex, {
  partialFilterExpression: { 'outboxEntries.until': { $exists: true } },
});
// The same for what the version before recorded.
responseSchema.index({ outbox: 1 }, { partialFilterExpression: { outbox: { $exists: true } } });
