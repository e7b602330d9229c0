import mongoose from 'mongoose';

const { mongo } = mongoose;

const unavailable = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoOperationTimeoutError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoClientClosedError,
  mongoose.Error.MongooseServerSelectionError,
];

/** The server is there but cannot write now: shutting down, stepping down, or not the primary any more. */
const notWritable = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** Whether `error` means that the database cannot be used at the moment, so that the same call may work later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  // The driver dresses up what breaks off a bulk write as an answer of the server.
  if (error instanceof mongo.MongoBulkWriteError && error.errorResponse instanceof Error) {
    return isDatabaseUnavailable(error.errorResponse);
  }
  if (unavailable.some((kind) => error instanceof kind)) return true;
  if (isOverTime(error)) return true;
  if (error instanceof mongo.MongoServerError) return notWritable.has(Number(error.code));
  return error instanceof mongoose.Error && error.message.includes('before initial connection');
}

/** Whether `error` is a unique index refusing a second document with the same key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11000;
}

/** How many documents an ordered `insertMany` had stored when a unique index refused one; undefined for other errors. */
export function storedBeforeDuplicate(error: unknown): number | undefined {
  return error instanceof mongo.MongoBulkWriteError && isDuplicateKey(error)
    ? error.insertedCount
    : undefined;
}

/** Whether `error` says that a query took longer than its `maxTimeMS`. */
export function isOverTime(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 50;
}

/** Whether `error` says that there is no such collection or index. */
export function isNotThere(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && (error.code === 26 || error.code === 27);
}

/** Whether `error` says that there is another index of the same name, or another name for the same index. */
export function isIndexConflict(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && (error.code === 85 || error.code === 86);
}
