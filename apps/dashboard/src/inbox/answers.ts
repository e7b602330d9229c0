import type { InboxAnswer } from '@interview-webhooks/schema';

/** How an inbox can answer, and what the sender makes of it. */
export const answers = [
  { value: 'ok', label: '200', about: 'Every webhook is received.' },
  {
    value: 'error',
    label: '500',
    about: 'An error: the webhook is tried again after 5 seconds, then 5 minutes, and so on.',
  },
  {
    value: 'rate-limit',
    label: '429',
    about: 'Too many requests, with Retry-After: the sender waits as long as it is told.',
  },
  {
    value: 'slow',
    label: 'Slowly',
    about: '200, but only after ten seconds. The sender waits for up to 15.',
  },
  {
    value: 'never',
    label: 'Never',
    about: 'No answer at all: the sender gives up after 15 seconds and tries again later.',
  },
] as const satisfies { value: InboxAnswer['mode']; label: string; about: string }[];

/** How a request was answered, in a word. */
export function answerName({ mode, seconds }: InboxAnswer): string {
  switch (mode) {
    case 'ok':
      return 'answered 200';
    case 'error':
      return 'answered 500';
    case 'rate-limit':
      return `answered 429, to come back in ${seconds} s`;
    case 'slow':
      return `answered 200 after ${seconds} s`;
    case 'never':
      return 'not answered';
  }
}
