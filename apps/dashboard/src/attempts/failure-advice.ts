import type { LastError } from '@interview-webhooks/schema';

/** A failed attempt in the words of whoever has to mend it. */
export interface FailureAdvice {
  /** Continues a sentence: `Not delivered: …`. */
  what: string;
  /** Sentences that say what to do. */
  advice: string;
}

const byCode: Record<Exclude<LastError, 'http-status'>, FailureAdvice> = {
  'invalid-request': {
    what: 'the webhook cannot be sent with these settings',
    advice: 'Correct the URL or the authentication header in the settings.',
  },
  'dns-failed': {
    what: 'the host name of the URL does not lead anywhere',
    advice: 'Look for a misspelling in the URL, or set up the DNS record of that host.',
  },
  'queue-timeout': {
    what: 'it did not have its turn in time, and nothing was sent',
    advice:
      'As much is under way to this endpoint, or from this workspace, as may be at a time. Look for receivers that do not answer, and try again.',
  },
  'address-forbidden': {
    what: 'the URL leads to an address that webhooks may not be sent to',
    advice:
      'Use an address that is reachable from the internet. Private ones have to be allowed on this server, with WEBHOOK_ALLOWED_NETWORKS.',
  },
  'insecure-url': {
    what: 'the URL begins with http://, which is not encrypted',
    advice: 'Change the URL in the settings to one that begins with https://.',
  },
  'connection-refused': {
    what: 'nothing accepts connections at that address and port',
    advice: 'Start the receiver, or correct the port in the URL.',
  },
  'connection-reset': {
    what: 'the receiver closed the connection before it had answered',
    advice: 'Look into the log of the receiver, and of proxies before it, for a crash or a limit.',
  },
  'connect-timeout': {
    what: 'the receiver did not accept a connection in time',
    advice: 'Check that the receiver is up, and that no firewall drops what comes from this server.',
  },
  timeout: {
    what: 'the receiver took the webhook but did not answer in time',
    advice: 'Let the receiver answer 200 first and do its work afterwards. It may have the webhook already.',
  },
  'tls-certificate': {
    what: 'the certificate of the receiver is not accepted',
    advice: 'Renew it, serve its whole chain, and check that it was issued for this host name.',
  },
  'tls-failed': {
    what: 'no encrypted connection to the receiver came about',
    advice:
      'Check that the port of the URL serves https, with TLS 1.2 or newer and HTTP/1.1, and asks for no client certificate.',
  },
  redirect: {
    what: 'the receiver answered with a redirect, which is not followed',
    advice: 'Put the final URL into the settings; the answer below says where it is.',
  },
  'invalid-response': {
    what: 'what the receiver answered is not proper HTTP',
    advice: 'Check that scheme and port of the URL are those of a web server.',
  },
  network: {
    what: 'there is no way through the network to the receiver',
    advice: 'Check the DNS records of the host, and whether this server may reach the internet.',
  },
  'internal-error': {
    what: 'something went wrong on this server, and nothing was sent',
    advice: 'The server’s log says why, under the id of this delivery; SECRET_KEYS may lack a key.',
  },
};

const byStatus: Readonly<Record<number, string>> = {
  400: 'The receiver does not understand the body: its answer below should say why.',
  401: 'Correct the authentication in the settings: the receiver does not know these credentials.',
  403: 'Check the authentication in the settings, and firewalls and bot filters before the receiver.',
  404: 'Correct the path of the URL in the settings.',
  405: 'Let the receiver accept POST at this URL, or correct the URL in the settings.',
  410: 'Put the new URL into the settings and switch the webhook on again.',
  413: 'Raise the receiver’s limit for request bodies to 20 KB.',
  415: 'Let the receiver accept the content type application/json.',
  422: 'The receiver refuses what is in the body: its answer below should say why.',
  429: 'The receiver asks for fewer requests. Wait, or raise its limit.',
};

/** What a failed attempt means, and what to do about it. `status` is its answer's. */
export function failureAdvice(error: LastError, status: number | null): FailureAdvice {
  if (error !== 'http-status') return byCode[error];
  return {
    what: status === null ? 'the receiver did not answer 2xx' : `the receiver answered ${status}`,
    advice: byStatus[status ?? 0] ?? (status !== null && status >= 500 ? serverFault : otherFault),
  };
}

const serverFault =
  'Something is wrong at the receiver: its log should say what, at the time of the attempt.';
const otherFault =
  'Let the receiver answer 2xx once it has the webhook. Its answer below may say why it does not.';

const names: Record<LastError, string> = {
  'invalid-request': 'Cannot be sent',
  'dns-failed': 'Host not found',
  'queue-timeout': 'No turn',
  'address-forbidden': 'Forbidden address',
  'insecure-url': 'Not https',
  'connection-refused': 'Connection refused',
  'connection-reset': 'Connection closed',
  'connect-timeout': 'No connection',
  timeout: 'No answer in time',
  'tls-certificate': 'Bad certificate',
  'tls-failed': 'TLS failed',
  redirect: 'Redirect',
  'http-status': 'Not 2xx',
  'invalid-response': 'Not HTTP',
  network: 'Unreachable',
  'internal-error': 'Server fault',
};

/** The same in two or three words, for a list. */
export function failureName(error: LastError): string {
  return names[error];
}
