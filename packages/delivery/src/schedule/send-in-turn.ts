import { endpointOf, type WebhookSender } from '@interview-webhooks/domain';
import { type AttemptOutcome, unanswered } from '@interview-webhooks/webhooks';
import type { EngineOptions } from '../engine/engine-options.ts';
import { type Place, placeAt } from './place.ts';
import type { Turn } from './scheduler.ts';

export interface InTurn {
  options: Pick<EngineOptions, 'services' | 'limits' | 'turnWaitMs'>;
  schedule: { turn(place: Place, signal: AbortSignal): Promise<Turn> };
  /** No turn begins after that. */
  stopping: AbortSignal;
}

/**
 * Sends what is no delivery, such as a test, in its turn: it counts like any attempt at its endpoint, in its origin and
 * its workspace. One that has no turn in time is not sent, and its outcome says so.
 */
export function sendInTurn({ options, schedule, stopping }: InTurn): WebhookSender {
  const { services, turnWaitMs } = options;
  const waiting = new Set<() => void>();
  stopping.addEventListener('abort', () => {
    for (const leave of waiting) leave();
  });

  const turnAt = async (place: Place) => {
    const late = new AbortController();
    const leave = () => {
      late.abort();
    };
    const timer = setTimeout(leave, turnWaitMs);
    waiting.add(leave);
    if (stopping.aborted) leave();
    try {
      return await schedule.turn(place, late.signal);
    } finally {
      clearTimeout(timer);
      waiting.delete(leave);
    }
  };

  return {
    async send(request) {
      const askedAt = performance.now();
      const turn = await turnAt(placeAt(endpointOf(request.workspaceId, request.url)));
      if (typeof turn === 'string') {
        const why = stopping.aborted ? 'this server is stopping' : reasonFor(turn, options);
        return notSent(why, performance.now() - askedAt);
      }
      let outcome: AttemptOutcome | undefined;
      try {
        outcome = await services.sender.send(request);
        return outcome;
      } finally {
        turn(outcome?.ok ? outcome.timings.totalMs : undefined);
      }
    },
  };
}

function reasonFor(refusal: 'queue-full' | 'late', { limits, turnWaitMs }: InTurn['options']): string {
  if (refusal === 'queue-full') {
    return `${limits.waitingTestsPerWorkspace} tests of this workspace wait for their turn already`;
  }
  return (
    `it had no turn within ${turnWaitMs / 1_000} s. At a time there are ${limits.perEndpoint} attempts to one URL ` +
    `(${limits.perQuickEndpoint} when it responds quickly), ${limits.perOrigin} to one origin and ` +
    `${limits.activePerWorkspace} of one workspace, and those before it wait for their receivers`
  );
}

function notSent(why: string, totalMs: number): AttemptOutcome {
  return unanswered({
    remoteAddress: null,
    timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs },
    error: { code: 'queue-timeout', message: `Nothing was sent: ${why}. Try again later.` },
  });
}
