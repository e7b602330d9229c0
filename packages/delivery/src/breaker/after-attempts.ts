import { disableEndpoint, type EventSink, urlOf, workspaceOf } from '@interview-webhooks/domain';
import type { Completion } from '../complete/completions.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { type BreakerState, DISABLED_AFTER_DAYS, isGivenUp, type Outcomes } from './breaker.ts';
import type { EndpointHealth } from './endpoint-health.ts';

export interface AfterAttempts {
  options: Pick<EngineOptions, 'services' | 'log'>;
  events: EventSink;
  health: EndpointHealth;
  /** A breaker is open: nothing is to be sent to the endpoint until then. */
  opened: (endpoint: string, until: Date) => Promise<void>;
}

/** Draws conclusions about endpoints from what came of attempts. */
export function createAfterAttempts({ options, events, health, opened }: AfterAttempts) {
  const { services, log } = options;
  /** Endpoints that are being switched off, which may take a while. */
  const givingUp = new Map<string, Promise<void>>();

  const giveUp = (endpoint: string, state: BreakerState) => {
    if (givingUp.has(endpoint)) return;
    const url = urlOf(endpoint);
    const toDisable = { workspaceId: workspaceOf(endpoint), url, reason: reasonFor(url, state) };
    const done = disableEndpoint({ ...services, events }, toDisable)
      .catch((error: unknown) => {
        log.error({ err: error, endpoint }, 'an endpoint that only fails could not be switched off');
      })
      .finally(() => givingUp.delete(endpoint));
    givingUp.set(endpoint, done);
  };

  return {
    /** For endpoints that work, and did before, there is nothing to do. */
    async note(completions: readonly Completion[]): Promise<void> {
      await Promise.all(
        [...byEndpoint(completions)].map(async ([endpoint, outcomes]) => {
          const state = await health.note(endpoint, outcomes);
          if (state?.openUntil) await opened(endpoint, state.openUntil);
          if (state && isGivenUp(state, services.now())) giveUp(endpoint, state);
        }),
      );
    },
    /** Resolves when nothing is being switched off. */
    async idle(): Promise<void> {
      await Promise.all(givingUp.values());
    },
  };
}

function byEndpoint(completions: readonly Completion[]): Map<string, Outcomes> {
  const found = new Map<string, Outcomes>();
  const add = (endpoint: string, received: boolean) => {
    const { failures, successes } = found.get(endpoint) ?? { failures: 0, successes: 0 };
    found.set(endpoint, {
      failures: failures + (received ? 0 : 1),
      successes: successes + (received ? 1 : 0),
    });
  };
  for (const { job, received } of completions) {
    if (received === null || (received && !job.isKnownToFail)) continue;
    const { delivery, place } = job;
    add(place.endpoint, received);
    // What waits under the name that this delivery had, such as its origin's in the version before, may go, too.
    if (received && delivery.endpoint !== place.endpoint) add(delivery.endpoint, received);
  }
  return found;
}

function reasonFor(url: string, { failingSince, failures }: BreakerState): string {
  return (
    `Every attempt to reach ${url} has failed since ${failingSince.toISOString()}: ${failures} in a row, ` +
    `over ${DISABLED_AFTER_DAYS} days or more. Mend the receiver, switch the webhook on again, and send again what ` +
    'it has missed.'
  );
}
