import type {
  AttemptTrigger,
  DeliveryReason,
  DeliveryState,
  EventType,
  LastError,
  StatusClass,
} from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';

/** One event on its way to one receiver. */
export interface DeliveryDocument {
  /** The event's id, the header `webhook-id`: the same event can only ever make one delivery. */
  _id: string;
  workspaceId: Types.ObjectId;
  interviewId: Types.ObjectId;
  interviewName: string;
  responseId: Types.ObjectId;
  candidateName: string;
  candidateEmail: string;
  event: EventType;
  /** The very bytes of every attempt, as text. */
  body: string;
  state: DeliveryState;
  reason: DeliveryReason | null;
  /** What the next attempt is made for. */
  trigger: AttemptTrigger;
  /** Attempts made so far. */
  attempts: number;
  /** Failures since the event or the last redelivery: the place in the retry schedule. */
  failures: number;
  /**
   * When it is next to be taken up: while `pending` the time of the next attempt, while `delivering` the end of the
   * lease. One index serves both, so what a dead worker held is found like anything else that is due.
   */
  dueAt?: Date;
  /**
   * Workspace and URL, without its query, that it went to last, or is going to: attempts to one endpoint are bounded
   * together. Without a URL, the workspace and a space; the version before stored the URL's origin alone.
   */
  endpoint: string;
  /** The worker that may complete it now. */
  lease?: string;
  /** The redelivery of many that took it up last, and what it was before. */
  redelivery?: { id: Types.ObjectId; before: Pick<DeliveryDocument, (typeof redeliveredFields)[number]> };
  /** Where tracing is on: what its attempts belong to, as the W3C's `traceparent`. */
  trace?: string;
  lastStatus: number | null;
  lastStatusClass: StatusClass;
  lastError: LastError | null;
  /** The log of the attempt that the delivery was stored with, as JSON; `firstAttempt` in `packages/domain` reads it. */
  firstAttempt?: string;
  createdAt: Date;
  finishedAt: Date | null;
  /** When retention ends; what has not ended by then is kept. */
  expiresAt: Date;
}

/** What sending it again changes. */
export const redeliveredFields = ['state', 'reason', 'trigger', 'failures', 'dueAt', 'finishedAt'] as const;

const text = { type: String, required: true };
const id = { type: Schema.Types.ObjectId, required: true };

export const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: text,
    workspaceId: id,
    interviewId: id,
    interviewName: text,
    responseId: id,
    candidateName: text,
    candidateEmail: text,
    event: text,
    body: text,
    state: text,
    reason: { type: String, default: null },
    trigger: text,
    attempts: { type: Number, required: true },
    failures: { type: Number, required: true },
    dueAt: Date,
    endpoint: text,
    lease: String,
    redelivery: { type: Schema.Types.Mixed, default: undefined },
    trace: String,
    lastStatus: { type: Number, default: null },
    lastStatusClass: text,
    lastError: { type: String, default: null },
    firstAttempt: String,
    createdAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'deliveries' },
);

const isQueued = { partialFilterExpression: { dueAt: { $exists: true } } };
/** What is due, the longest due first. */
export const dueIndex = { dueAt: 1 } as const;
deliverySchema.index(dueIndex, isQueued);
/**
 * What is due, endpoint after endpoint: however much waits for one, the next is found at once. The state only ever
 * changes with the time, so it costs no write of its own; with it, what waits is counted in the index alone.
 */
export const dueByEndpointIndex = { endpoint: 1, dueAt: 1, state: 1 } as const;
deliverySchema.index(dueByEndpointIndex, isQueued);
/** What became of those that a redelivery took up; no other delivery is in it. */
export const redeliveryIndex = { 'redelivery.id': 1, state: 1, trigger: 1, reason: 1 } as const;
deliverySchema.index(redeliveryIndex, { partialFilterExpression: { 'redelivery.id': { $exists: true } } });
/**
 * The list, for any filter: of state, kind of answer and event there are few combinations, so those that are asked for
 * are read side by side, each newest first. No index for each filter, and none that is wrong for two of them.
 */
export const listIndex = {
  workspaceId: 1,
  state: 1,
  lastStatusClass: 1,
  event: 1,
  createdAt: -1,
  _id: -1,
} as const;
deliverySchema.index(listIndex);
/** The same within one AI interview. */
export const interviewListIndex = {
  workspaceId: 1,
  interviewId: 1,
  state: 1,
  lastStatusClass: 1,
  event: 1,
  createdAt: -1,
  _id: -1,
} as const;
deliverySchema.index(interviewListIndex);
/** What is still due, or being sent, does not expire: only what has ended is in the index. */
deliverySchema.index(
  { expiresAt: 1 },
  {
    name: 'expiresAt_of_ended',
    expireAfterSeconds: 0,
    partialFilterExpression: { finishedAt: { $type: 'date' } },
  },
);
/** The indexes of earlier versions that would do harm. */
export const replacedDeliveryIndexes = ['expiresAt_1'] as const;
