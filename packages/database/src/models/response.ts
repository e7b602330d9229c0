import type { EventType, InviteStatus, ReportedResult } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';

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
   * Events that happened and have no delivery yet: the outbox. Written in the very update that records the event,
   * so that an acknowledged event can never be without it.
   */
  outbox?: EventType[];
  /** Where tracing is on: for each event in the outbox the trace that it belongs to, as the W3C's `traceparent`. */
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
// What a crash left between an event and its delivery. Holds nothing else, so it is as good as empty.
responseSchema.index({ outbox: 1 }, { partialFilterExpression: { outbox: { $exists: true } } });
