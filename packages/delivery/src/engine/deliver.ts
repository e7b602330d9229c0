import type { DeliveryDocument } from '@interview-webhooks/database';
import {
  disableWebhook,
  effectiveTarget,
  type EventSink,
  isDatabaseUnavailable,
  makeAttempt,
} from '@interview-webhooks/domain';
import type { Completion } from './completions.ts';
import { endpointOf } from './endpoint.ts';
import type { EngineOptions } from './engine-options.ts';
import { nextStep } from './next-step.ts';

/** A fault of ours, such as a sealing key that is missing: retried like a receiver's, so that nothing is ever stuck. */
interface Unmade {
  attempt: undefined;
  outcome: typeof neverMade;
}
const neverMade = { ok: false, status: null, retryAfterMs: null, error: { code: 'internal-error' } } as const;

/**
 * Makes the next attempt of a delivery, by the settings that are in effect now.
 *
 * @returns what to write of it
 */
export async function deliver(
  options: Pick<EngineOptions, 'services' | 'log' | 'schedule' | 'random'> & { events: EventSink },
  delivery: DeliveryDocument,
): Promise<Completion> {
  const { services, log, schedule, random, events } = options;
  const { database, now } = services;
  const interview = await database.aiInterviews.findById(delivery.interviewId).orFail().lean();
  const workspaceId = delivery.workspaceId.toHexString();
  const { enabled, url, auth, revision } = await effectiveTarget(
    { database, workspaceId },
    interview,
    delivery.event,
  );
  if (!enabled || url === null) {
    const reason = enabled ? 'no-url' : 'webhook-off';
    return { delivery, set: { state: 'cancelled', reason, finishedAt: now() }, ended: true };
  }

  const { _id: id, body, trigger } = delivery;
  const number = delivery.attempts + 1;
  const toMake = { workspaceId, id, body, number, trigger, url, auth, settingsRevision: revision };
  const { attempt, outcome } = await makeAttempt(services, toMake).catch((error: unknown): Unmade => {
    if (isDatabaseUnavailable(error)) throw error;
    log.error({ err: error, deliveryId: id }, 'an attempt could not be made');
    return { attempt: undefined, outcome: neverMade };
  });
  const set: Partial<DeliveryDocument> = {
    ...(attempt && { attempts: number }),
    endpoint: endpointOf(workspaceId, url),
    lastStatus: outcome.status,
    lastError: outcome.error?.code ?? null,
  };
  const step = nextStep(outcome, delivery.failures, { schedule, random });
  switch (step.state) {
    case 'delivered':
      return { delivery, attempt, set: { ...set, state: 'delivered', finishedAt: now() }, ended: true };
    case 'pending': {
      const dueAt = new Date(now().getTime() + step.delayMs);
      const retry = { state: 'pending', trigger: 'retry', failures: step.failures, dueAt } as const;
      return {
        delivery,
        attempt: attempt && { ...attempt, nextAttemptAt: dueAt },
        set: { ...set, ...retry },
        ended: false,
      };
    }
    case 'failed': {
      const { state, failures, reason } = step;
      if (reason === 'receiver-gone') {
        const told = `The receiver answered ${outcome.status}: it does not want this webhook any more.`;
        await disableWebhook(
          { ...services, events },
          { interview, event: delivery.event, url, reason: told },
        );
      }
      return { delivery, attempt, set: { ...set, state, failures, reason, finishedAt: now() }, ended: true };
    }
  }
}
