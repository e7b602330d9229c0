import mongoose from 'mongoose';

const { mongo } = mongoose;

/** The primary is new, and what the majority has is not known to it yet. */
export class NotCommittedYetError extends Error {
  constructor() {
    super('the primary has not committed anything in its own term yet');
    this.name = new.target.name;
  }
}

/** An operation was not over in its time; what it did is undecided, if it was begun. */
export class OperationDeadlineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

const unavailable = [
  NotCommittedYetError,
  OperationDeadlineError,
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoOperationTimeoutError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoClientClosedError,
  // A member that left the set, or changed between being chosen and being asked.
  mongo.MongoServerClosedError,
  mongo.MongoStalePrimaryError,
  mongo.MongoUnexpectedServerResponseError,
  mongoose.Error.MongooseServerSelectionError,
];

/** The server is there but cannot write now: shutting down, stepping down, or not the primary any more. */
const notWritable = [91, 189, 10107, 11600, 11602, 13435, 13436];
/** The server cannot reach another member, or a majority, that it needs for this. */
const withoutOthers = [6, 7, 64, 89, 100, 133, 134, 202, 246, 262, 9001];
/** A cursor of the primary before this one. */
const cursorsGone = [43, 175, 237];
const passing = new Set([...notWritable, ...withoutOthers, ...cursorsGone]);
/** What the driver, or the server itself, says of an error that another try may not meet. */
const passingLabels = [
  mongo.MongoErrorLabel.RetryableWriteError,
  mongo.MongoErrorLabel.SystemOverloadedError,
  mongo.MongoErrorLabel.ResetPool,
];
/** The driver exports no classes for these: a pool that is full of connections that do not answer, or is being closed. */
const poolErrors = ['MongoWaitQueueTimeoutError', 'MongoPoolClosedError'];

/** Whether `error` means that the database cannot be used at the moment, so that the same call may work later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  // The driver dresses up what breaks off a bulk write as an answer of the server.
  if (error instanceof mongo.MongoBulkWriteError && error.errorResponse instanceof Error) {
    return isDatabaseUnavailable(error.errorResponse);
  }
  if (error instanceof mongo.MongoClientBulkWriteError) {
    const concerns = error.writeConcernErrors.map(({ code }) => Number(code));
    return concerns.some((code) => passing.has(code)) || isDatabaseUnavailable(error.cause);
  }
  if (unavailable.some((kind) => error instanceof kind)) return true;
  if (isOverTime(error)) return true;
  if (error instanceof mongo.MongoServerError && passing.has(Number(error.code))) return true;
  if (error instanceof mongo.MongoError && passingLabels.some((label) => error.hasErrorLabel(label)))
    return true;
  if (error instanceof mongo.MongoDriverError && poolErrors.includes(error.name)) return true;
  return error instanceof mongoose.Error && error.message.includes('before initial connection');
}

/** Whether `error` is a unique index refusing a second document with the same key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11000;
}

/** How many documents an ordered write had stored when a unique index refused one; undefined for other errors. */
export function storedBeforeDuplicate(error: unknown): number | undefined {
  if (error instanceof mongo.MongoClientBulkWriteError) {
    const [[index, { code }] = [0, { code: 0 }]] = error.writeErrors;
    return code === 11000 ? index : undefined;
  }
  return error instanceof mongo.MongoBulkWriteError && isDuplicateKey(error)
    ? error.insertedCount
    : undefined;
}

/** Whether `error` says that a query took longer than its `maxTimeMS`. */
export function isOverTime(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 50;
}

/**
 * What is said of `error` in place of its message; undefined where the message may be read by anybody. A server's message quotes
 * the documents and commands that it refuses, and Mongoose's the values.
 */
export function messageWithoutData(error: unknown): string | undefined {
  if (error instanceof mongo.MongoServerError) {
    const { code, codeName } = error;
    return ['MongoDB refused the command', codeName, code && `(code ${code})`].filter(Boolean).join(' ');
  }
  // Exactly this class is what Mongoose says of its connection.
  const quotes = error instanceof mongoose.Error && error.constructor !== mongoose.Error;
  if (!quotes || error instanceof mongoose.Error.MongooseServerSelectionError) return undefined;
  const paths = error instanceof mongoose.Error.ValidationError ? Object.keys(error.errors) : pathOf(error);
  return ['Mongoose refused it', ...(paths.length > 0 ? [`for ${paths.join()}`] : [])].join(' ');
}

/** Of the field that an error is about, where it is about one. */
function pathOf(error: Error): string[] {
  return 'path' in error && typeof error.path === 'string' ? [error.path] : [];
}

/** Whether `error` says that there is no such collection or index. */
export function isNotThere(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && (error.code === 26 || error.code === 27);
}

/** Whether `error` says that there is another index of the same name, or another name for the same index. */
export function isIndexConflict(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && (error.code === 85 || error.code === 86);
}
