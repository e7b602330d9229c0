import type { RouterOutputs } from '@interview-webhooks/client';
import type { Terminal } from '../../terminal/terminal.ts';

type Delivery = RouterOutputs['deliveries']['redeliver'];

/** What has become of a delivery, in the colour of how good that is. */
export function stateWord(terminal: Terminal, { state, reason }: Pick<Delivery, 'state' | 'reason'>): string {
  const word = reason === null ? state : `${state} (${reason})`;
  switch (state) {
    case 'delivered':
      return terminal.paint('green', word);
    case 'failed':
      return terminal.paint('red', word);
    case 'cancelled':
      return terminal.paint('dim', word);
    case 'pending':
    case 'delivering':
      return terminal.paint('yellow', word);
  }
}

/** What the last attempt came to: the answer's status, or why there was none. */
export function lastOutcome({
  last_status,
  last_error,
}: Pick<Delivery, 'last_status' | 'last_error'>): string {
  return last_status === null ? (last_error ?? '-') : String(last_status);
}

/** The event without what is the same in all of them. */
export function eventName(event: string): string {
  return event.replace('ai_interview.', '');
}
