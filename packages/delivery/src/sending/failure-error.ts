import { errors } from 'undici';
import { DeadlineError, type Phase } from './attempt.ts';
import { LookupError, TargetRefusedError } from './attempt-failures.ts';
import { LookupsBusyError, SilentNameError } from '@interview-webhooks/domain';
import type { AttemptError } from '@interview-webhooks/webhooks';
import { certificateFault } from './certificate-fault.ts';
import { deadlineFailure } from './deadline-failure.ts';
import { invalidResponse } from './invalid-response.ts';

/** What an attempt was doing when it failed. */
export interface FailureSituation {
  readonly phase: Phase | null;
  /** Host and port of the URL. */
  readonly host: string;
  readonly deadlineMs: number;
}

/** What `failure`, thrown before there was a status, means to the receiver's owner. */
export function failureError(failure: unknown, situation: FailureSituation): AttemptError {
  const { host, phase, deadlineMs } = situation;
  if (failure instanceof DeadlineError) return deadlineFailure({ phase: failure.phase, host, deadlineMs });
  if (failure instanceof TargetRefusedError) {
    return { code: failure.refusal.code, message: `The URL ${failure.refusal.reason}.` };
  }
  if (failure instanceof LookupError) return lookupFailure(failure, host);
  const refusal = handshakeRefusal(failure, host);
  if (refusal !== null) return refusal;
  if (phase === 'tls') return tlsFailure(failure, host);
  return (
    invalidRequest(failure) ??
    invalidResponse(failure) ??
    connectionFailure(failure, host) ?? {
      code: 'network',
      message: `The webhook could not be sent to ${host}${named(failure)}.`,
    }
  );
}

function lookupFailure({ cause }: LookupError, host: string): AttemptError {
  if (cause instanceof LookupsBusyError) {
    return {
      code: 'queue-timeout',
      message:
        `The host name of ${host} was not looked up, and nothing was sent: ${counted(cause.underWay)} of this ` +
        'workspace did not end in time. Look for URLs whose DNS servers do not answer.',
    };
  }
  return {
    code: 'dns-failed',
    message: `The host name of ${host} does not resolve: ${unresolved(cause)}. Check it for misspellings and its DNS records.`,
  };
}

function counted(lookups: number): string {
  return lookups === 1 ? '1 other look-up' : `${lookups} other look-ups`;
}

function unresolved(cause: unknown): string {
  if (cause instanceof SilentNameError) return 'its DNS servers do not answer in time';
  switch (codeOf(cause)) {
    case 'ENOTFOUND':
      return 'there is no such name';
    case 'ENODATA':
      return 'the name has no address';
    default:
      return 'DNS gave no answer';
  }
}

function invalidRequest(failure: unknown): AttemptError | null {
  if (!(failure instanceof errors.InvalidArgumentError) && codeOf(failure) !== 'ERR_INVALID_URL') return null;
  const what = failure instanceof Error ? failure.message : '';
  return {
    code: 'invalid-request',
    message: `The webhook cannot be sent with these settings: ${what}. Check the URL and the auth header.`,
  };
}

function connectionFailure(failure: unknown, host: string): AttemptError | null {
  const code = codeOf(failure);
  switch (code) {
    case 'ECONNREFUSED':
      return {
        code: 'connection-refused',
        message: `${host} refused the connection. Check that the receiver is running and listens on this port.`,
      };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'UND_ERR_SOCKET':
      return {
        code: 'connection-reset',
        message: `${host} closed the connection without an answer. Look into the receiver's log, and at proxies before it.`,
      };
    case 'ETIMEDOUT':
      return {
        code: 'connect-timeout',
        message: `${host} did not accept a connection in time. Check that a firewall does not drop it.`,
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return {
        code: 'network',
        message: `There is no route to ${host} (${code}). Check the addresses in its DNS records.`,
      };
    default:
      return null;
  }
}

/** What the receiver itself says of the handshake, by an alert of TLS (RFC 8446, section 6.2). */
function handshakeRefusal(failure: unknown, host: string): AttemptError | null {
  const [library, alert] = codeOf(failure).split('_ALERT_');
  if (!library?.startsWith('ERR_SSL_')) return null;
  switch (alert) {
    // Comes after the handshake in TLS 1.3, and so while the answer is waited for.
    case 'CERTIFICATE_REQUIRED':
      return {
        code: 'tls-failed',
        message: `${host} asks for a client certificate (mutual TLS). Webhooks have none: they are signed. Let the receiver take them without.`,
      };
    case 'NO_APPLICATION_PROTOCOL':
      return {
        code: 'tls-failed',
        message: `${host} speaks HTTP/2 only. Webhooks are sent with HTTP/1.1; let the receiver take that, too.`,
      };
    // Before TLS 1.3 there was no word of its own for a certificate that is missing.
    case 'ACCESS_DENIED':
    case 'BAD_CERTIFICATE':
    case 'CERTIFICATE_UNKNOWN':
    case 'HANDSHAKE_FAILURE':
    case 'NO_CERTIFICATE':
    case 'UNKNOWN_CA':
      return {
        code: 'tls-failed',
        message: `${host} refused the TLS handshake${named(failure)}. It may ask for a client certificate (mutual TLS), which webhooks do not have, or for other versions or ciphers than TLS 1.2 and newer have by default.`,
      };
    default:
      return null;
  }
}

function tlsFailure(failure: unknown, host: string): AttemptError {
  const fault = certificateFault(failure);
  if (fault !== null) {
    return { code: 'tls-certificate', message: `The certificate of ${host} is not accepted: ${fault}.` };
  }
  // The network can fail within a handshake, too; a connection that is closed speaks against the handshake.
  const byNetwork = connectionFailure(failure, host);
  if (byNetwork !== null && byNetwork.code !== 'connection-reset') return byNetwork;
  return {
    code: 'tls-failed',
    message: `The TLS handshake with ${host} failed${named(failure)}. Check that the port serves https, with TLS 1.2 or newer.`,
  };
}

function named(failure: unknown): string {
  const code = codeOf(failure);
  return code === '' ? '' : ` (${code})`;
}

/** The system's or library's name for a failure, or nothing. */
function codeOf(failure: unknown): string {
  const code = failure instanceof Error && 'code' in failure ? failure.code : null;
  return typeof code === 'string' ? code : '';
}
