import { absenceHint, type Database, DatabaseUnusableError } from '@interview-webhooks/database';
import type { FastifyBaseLogger } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';

const RETRY_MS = 2_000;

/**
 * Connects, however long the database takes to come up: meanwhile the server answers 503 and `/readyz` says so.
 *
 * @throws DatabaseUnusableError when waiting changes nothing
 * @throws AbortError when `signal` ends the wait
 */
export async function connectDatabase(
  database: Database,
  log: FastifyBaseLogger,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await database.connect();
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DatabaseUnusableError) throw error;
      const hint = absenceHint(error);
      log.error(
        { err: error, ...(hint && { hint }) },
        `the database cannot be reached; trying again in ${RETRY_MS / 1000} s`,
      );
    }
    await pause(RETRY_MS, undefined, { signal });
  }
}
