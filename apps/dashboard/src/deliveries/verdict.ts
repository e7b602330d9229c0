import type { Delivery, DeliveryReason } from '@interview-webhooks/schema';
import { failureAdvice } from '../attempts/failure-advice.ts';
import { counted } from '../lib/counted.ts';
import { upcoming } from '../lib/upcoming.ts';

/** What became of a delivery. */
export interface Verdict {
  tone: 'ok' | 'danger' | 'warn' | 'neutral';
  /** One plain sentence. */
  what: string;
  /** What to do; null where there is nothing to do. */
  advice: string | null;
  /** It is mended in the settings. */
  inSettings: boolean;
}

type Told = Pick<
  Delivery,
  'state' | 'reason' | 'attempts' | 'last_status' | 'last_error' | 'next_attempt_at'
>;

/** What became of a delivery, and what to do. */
export function verdict(delivery: Told, now: Date): Verdict {
  switch (delivery.state) {
    case 'delivered':
      return { tone: 'ok', what: delivered(delivery), advice: null, inSettings: false };
    case 'delivering':
      return { tone: 'neutral', what: 'It is being sent at this moment.', advice: null, inSettings: false };
    case 'pending':
      return waiting(delivery, now);
    case 'failed':
    case 'cancelled':
      return ended(delivery);
  }
}

function delivered({ attempts, last_status }: Told): string {
  const answer = last_status === null ? '' : `: the receiver answered ${last_status}`;
  return `Delivered ${attempts === 1 ? 'on the first attempt' : `after ${counted(attempts, 'attempt')}`}${answer}.`;
}

function waiting(delivery: Told, now: Date): Verdict {
  const { reason, attempts, last_error, last_status, next_attempt_at } = delivery;
  const when = next_attempt_at === null ? 'soon' : upcoming(new Date(next_attempt_at), now);
  if (reason === 'endpoint-failing') {
    return {
      tone: 'warn',
      what: `Held back: so much has failed at this receiver that it gets one delivery at a time until something succeeds. The next look is ${when}.`,
      advice: 'Mend the receiver; what waits then goes by itself. “Send now” does not wait.',
      inSettings: false,
    };
  }
  if (last_error === null) {
    const what = attempts === 0 ? 'Not sent yet' : 'It was delivered before and is sent again';
    return { tone: 'neutral', what: `${what}: its turn comes ${when}.`, advice: null, inSettings: false };
  }
  const failure = failureAdvice(last_error, last_status);
  return {
    tone: 'warn',
    what: `Not delivered yet: ${failure.what}. It is tried again ${when}.`,
    advice: failure.advice,
    inSettings: failure.advice.includes('the settings'),
  };
}

const ends: Record<Exclude<DeliveryReason, 'endpoint-failing' | 'retries-used-up'>, [string, string]> = {
  'webhook-off': [
    'Not sent: the webhook was switched off when its turn came.',
    'Switch the webhook on in the settings, then redeliver.',
  ],
  'no-url': [
    'Not sent: the webhook had no URL when its turn came.',
    'Set a URL in the settings, then redeliver.',
  ],
  'by-request': ['Not sent any more: someone cancelled it.', 'Redeliver it if it should arrive after all.'],
  'receiver-gone': [
    'Given up: the receiver answered that this URL is gone for good, so the webhook was switched off.',
    'Put the new URL into the settings and switch the webhook on, then redeliver.',
  ],
};

function ended({ state, reason, attempts, last_error, last_status }: Told): Verdict {
  const tone = state === 'failed' ? 'danger' : 'neutral';
  if (reason !== null && reason !== 'retries-used-up' && reason !== 'endpoint-failing') {
    const [what, advice] = ends[reason];
    return { tone, what, advice, inSettings: advice.includes('the settings') };
  }
  const failure = failureAdvice(last_error ?? 'internal-error', last_status);
  return {
    tone,
    what: `Given up after ${counted(attempts, 'attempt')}: ${failure.what}.`,
    advice: `${failure.advice} Then redeliver.`,
    inSettings: failure.advice.includes('the settings'),
  };
}
