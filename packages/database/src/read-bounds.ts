/**
 * How long the server works on one read, in milliseconds, before it gives it up: less than the socket's time-out, so that
 * a read that nobody waits for any more does not go on. Mongoose sets it on each of its reads; what goes through
 * the driver's own collections names it.
 */
export const READ_MAX_MS = 4_000;

/** The same for a count: a number that is nice to know is worth less time than an answer. */
export const COUNT_MAX_MS = 2_000;

/** A question that takes longer, perhaps for ever, is no longer waited for by those who come after it. */
export const READ_PATIENCE_MS = 25;
