import type { DeliveryDocument } from '@interview-webhooks/database';
import {
  disableWebhook,
  type EventSink,
  isDatabaseUnavailable,
  makeAttempt,
} from '@interview-webhooks/domain';
import { statusClassOf } from '@interview-webhooks/schema';
import { inAttemptSpan } from './attempt-span.ts';
import type { Completion } from '../complete/completions.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { type Job, prepare } from './job.ts';
import { nextStep } from './next-step.ts';

/** A fault of ours, such as a sealing key that is missing: retried like a receiver's, so that nothing is ever stuck. */
interface Unmade {
  attempt: undefined;
  outcome: typeof neverMade;
}
const neverMade = { ok: false, status: null, retryAfterMs: null, error: { code: 'internal-error' } } as const;

/** Settings that were read longer ago are read again: a correction must not be missed by what waited for its turn. */
const FRESH_MS = 1_000;
/** What had no turn before its deadline, for want of look-ups, is made again after so long; it costs none of its tries. */
const NO_TURN_PAUSE_MS = 10_000;

export type Deliver = Pick<EngineOptions, 'services' | 'log' | 'schedule' | 'random'> & { events: EventSink };

/**
 * Makes the next attempt of a delivery, by the settings that are in effect now.
 *
 * @returns what to write of it
 */
export async function deliver(options: Deliver, taken: Job): Promise<Completion> {
  const { services, log } = options;
  const job = await refreshed(options, taken);
  const { delivery, target, secrets, isListenedTo, place } = job;
  const { enabled, url, auth, revision } = target;
  if (!enabled || url === null) {
    const reason = enabled ? 'no-url' : 'webhook-off';
    const set = { state: 'cancelled', reason } as const;
    return { job, set, ended: true, received: null };
  }
  const { _id: id, body, trigger } = delivery;
  const number = delivery.attempts + 1;
  const toMake = { id, body, number, trigger, url, auth, isListenedTo, workspaceId: place.workspaceId };
  const make = async () => {
    if (secrets instanceof Error) throw secrets;
    return makeAttempt(services, { ...toMake, settingsRevision: revision, signingSecrets: secrets });
  };
  const { attempt, outcome } = await inAttemptSpan(delivery, { number, url }, make).catch(
    (error: unknown): Unmade => {
      if (isDatabaseUnavailable(error)) throw error;
      log.error({ err: error, deliveryId: id }, 'an attempt could not be made');
      return { attempt: undefined, outcome: neverMade };
    },
  );
  log.debug(
    {
      deliveryId: id,
      attempt: number,
      status: outcome.status,
      error: outcome.error?.code,
      durationMs: attempt?.timings.total_ms,
    },
    'attempt',
  );
  if (outcome.error?.code === 'queue-timeout') return withoutTurn(services, job);
  const set: Partial<DeliveryDocument> = {
    ...(attempt && { attempts: number }),
    ...(delivery.endpoint !== place.endpoint && { endpoint: place.endpoint }),
    reason: null,
    lastStatus: outcome.status,
    lastStatusClass: statusClassOf(outcome.status),
    lastError: outcome.error?.code ?? null,
  };
  const made = { job, attempt, received: attempt ? outcome.ok : null };
  const step = nextStep(outcome, delivery.failures, options);
  switch (step.state) {
    case 'delivered':
      return { ...made, set: { ...set, state: 'delivered' }, ended: true };
    case 'pending': {
      const dueAt = new Date(services.now().getTime() + step.delayMs);
      const retry = { state: 'pending', trigger: 'retry', failures: step.failures, dueAt } as const;
      const logged = attempt && { ...attempt, nextAttemptAt: dueAt };
      return { ...made, attempt: logged, set: { ...set, ...retry }, ended: false };
    }
    case 'failed': {
      const { state, failures, reason } = step;
      if (reason === 'receiver-gone') await switchOff(options, job, outcome.status);
      return { ...made, set: { ...set, state, failures, reason }, ended: true };
    }
  }
}

/** Nothing was sent, and the receiver has no part in it: no entry in the log, and no failure. */
function withoutTurn({ now }: EngineOptions['services'], job: Job): Completion {
  const dueAt = new Date(now().getTime() + NO_TURN_PAUSE_MS);
  return { job, set: { state: 'pending', reason: null, dueAt }, ended: false, received: null };
}

async function refreshed({ services }: Deliver, job: Job): Promise<Job> {
  if (services.now().getTime() - job.preparedAt.getTime() <= FRESH_MS) return job;
  const { workspaceId, _id } = job.interview;
  const interview = await services.database.read.aiInterview(workspaceId.toHexString(), _id.toHexString());
  return { ...job, ...(await prepare(services, job.delivery, interview ?? job.interview)) };
}

/** For a receiver that says it is gone. */
async function switchOff({ services, events }: Deliver, job: Job, status: number | null): Promise<void> {
  const { interview, delivery, target } = job;
  if (target.url === null) return;
  const reason = `The receiver answered ${status}: it does not want this webhook any more.`;
  const disabled = { interview, event: delivery.event, url: target.url, reason };
  await disableWebhook({ ...services, events }, disabled);
}
