export type * from './models/ai-interview.ts';
export type * from './models/api-key.ts';
export type * from './models/attempt.ts';
export type * from './models/audit-entry.ts';
export type * from './models/delivery.ts';
export type * from './models/delivery-stats.ts';
export type * from './models/endpoint.ts';
export type * from './models/idempotency-key.ts';
export type * from './models/redelivery.ts';
export type * from './models/response.ts';
export type * from './models/sent-request.ts';
export type * from './models/session.ts';
export type * from './models/webhook-settings.ts';
export type * from './models/workspace.ts';
export type { Changes } from './changes.ts';
export { type Database, type DatabaseOptions, type EndedCommand, openDatabase } from './database.ts';
export type { CommittedOptions, CommittedRead } from './committed-reads.ts';
export type { Expiring } from './expiry.ts';
export type { IndexChanges, ReportIndex } from './indexes.ts';
export { absenceHint, addressFault, DatabaseUnusableError } from './unusable.ts';
export { type EmbeddedMongo, startEmbeddedMongo } from './embedded/embedded-mongo.ts';
export type { Change, Statements } from './alike.ts';
export { BEHIND_REST_MS, createBatcher } from './batcher.ts';
export {
  dueByEndpointIndex,
  dueIndex,
  interviewListIndex,
  listIndex,
  redeliveredFields,
  redeliveryIndex,
} from './models/delivery.ts';
export { auditIndexes } from './models/audit-entry.ts';
export { IDEMPOTENCY_KEPT_MS } from './models/idempotency-key.ts';
export { redeliveryDueIndex } from './models/redelivery.ts';
export { outboxIndex, responseListIndex } from './models/response.ts';
export {
  isDatabaseUnavailable,
  isDuplicateKey,
  isOverTime,
  messageWithoutData,
  OperationDeadlineError,
} from './errors.ts';
export type { Model } from 'mongoose';
export { isObjectId, ObjectId } from './object-id.ts';
export { COUNT_MAX_MS, READ_MAX_MS } from './read-bounds.ts';
export { createServerClock } from './server-clock.ts';
export type { NewRevision } from './settings-log.ts';
export { located, type Located } from './shard-keys.ts';
export { realTimers, type Timers } from './timers.ts';
