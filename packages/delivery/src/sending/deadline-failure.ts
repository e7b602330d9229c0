import type { AttemptError } from '@interview-webhooks/webhooks';
import type { Phase } from './attempt.ts';

export interface StruckDeadline {
  /** What was going on. */
  readonly phase: Phase | null;
  /** Host and port of the URL. */
  readonly host: string;
  readonly deadlineMs: number;
}

/** What a deadline means that struck in a phase. */
export function deadlineFailure({ phase, host, deadlineMs }: StruckDeadline): AttemptError {
  const time = `${deadlineMs / 1000} s`;
  switch (phase) {
    case 'dns':
      return {
        code: 'connect-timeout',
        message: `Looking up the host name of ${host} did not end within ${time}. Check its DNS servers.`,
      };
    case null:
    case 'connect':
      return {
        code: 'connect-timeout',
        message: `${host} did not accept a connection within ${time}. Check that a firewall does not drop it.`,
      };
    case 'tls':
      return {
        code: 'connect-timeout',
        message: `${host} accepted a connection but did not finish the TLS handshake within ${time}. Check that the port serves https.`,
      };
    case 'answer':
      return {
        code: 'timeout',
        message: `${host} took the webhook but did not begin to answer within ${time}. Answer first and do the work afterwards.`,
      };
    // Of a body it is no failure any more: there is a status.
    case 'headers':
    case 'body':
      return {
        code: 'timeout',
        message: `${host} began to answer but did not finish the headers within ${time}.`,
      };
  }
}
