import { z } from 'zod';

/** Why an attempt failed. Stable: stored with the attempt, shown in the log and explained in the dashboard. */
export const AttemptErrorCode = z.enum([
  // The URL or a header cannot be sent at all.
  'invalid-request',
  'dns-failed',
  // It had no turn before its deadline: its workspace or endpoint has as many attempts, or look-ups, under way as may be.
  'queue-timeout',
  // The guard refused an address that the host leads to.
  'address-forbidden',
  // Plain http to an address outside the allowed networks.
  'insecure-url',
  'connection-refused',
  'connection-reset',
  // The deadline struck before there was a connection, TLS included.
  'connect-timeout',
  // The deadline struck after the request was sent, and before there was a status.
  'timeout',
  'tls-certificate',
  'tls-failed',
  'redirect',
  // A status that is neither 2xx nor 3xx.
  'http-status',
  // Not HTTP/1.1, no status of it, or headers beyond their limit.
  'invalid-response',
  'network',
]);
export type AttemptErrorCode = z.infer<typeof AttemptErrorCode>;

/** Why the last attempt of a delivery failed. */
export const LastError = z.enum([
  ...AttemptErrorCode.options,
  // A fault of ours, such as a sealing key that is missing: nothing was sent, and no attempt is in the log.
  'internal-error',
]);
export type LastError = z.infer<typeof LastError>;
