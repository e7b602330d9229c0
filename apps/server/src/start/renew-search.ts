import { renewSearchKeys, type Services } from '@interview-webhooks/domain';
import type { FastifyBaseLogger } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';

/** By then an upgrade is over, and no process of the version before writes search keys any more. */
const AGAIN_AFTER_MS = 3_600_000;

/**
 * Brings what the version before has stored into the form that searches look for, beside everything else: once at the
 * start and once more when an upgrade is over. What fails is tried again at the next start.
 */
export async function renewSearch(
  { database }: Pick<Services, 'database'>,
  log: FastifyBaseLogger,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const waitMs of [0, AGAIN_AFTER_MS]) {
      if (waitMs > 0) await pause(waitMs, undefined, { signal, ref: false });
      const renewed = await renewSearchKeys(database, signal);
      if (renewed > 0) log.info({ renewed }, 'search keys are written anew');
    }
  } catch (error) {
    if (!signal.aborted)
      log.warn({ err: error }, 'search keys are not written anew; the next start tries again');
  }
}
