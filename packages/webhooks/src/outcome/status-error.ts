import type { AttemptError } from './attempt-outcome.ts';

const hints: Readonly<Record<number, string>> = {
  401: 'Check the auth in the webhook settings.',
  403: 'Check the auth in the webhook settings, and firewalls before the receiver.',
  404: 'Check the path of the URL.',
  405: 'The receiver must accept POST at this URL.',
  410: 'It says that this URL is gone for good.',
  413: 'Its limit for request bodies should be 20 KB or more.',
  415: 'It must accept application/json.',
  426: 'It asks for another protocol; webhooks are sent with HTTP/1.1.',
  429: 'It asks for fewer requests.',
  505: 'It does not speak HTTP/1.1, with which webhooks are sent.',
};

/** What may say more than the status. */
interface Details {
  location?: string | undefined;
  body?: string;
}

/** Why a webhook that was answered with `status` does not count as received, or null when it does. */
export function statusError(status: number, { location, body = '' }: Details = {}): AttemptError | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) {
    // Following it could lead anywhere, and a POST would often arrive there as a GET without its body.
    const target = location === undefined ? '' : ` to ${nameOf(location)}`;
    return {
      code: 'redirect',
      message: `The receiver answered ${status}, a redirect${target}. Redirects are not followed; enter the final URL in the settings.`,
    };
  }
  const hint =
    (wantsCertificate.test(body) ? WANTS_CERTIFICATE : hints[status]) ??
    (status >= 500 ? "Look into the receiver's log." : '');
  return {
    code: 'http-status',
    message: `The receiver answered ${status} instead of 2xx. ${hint}`.trimEnd(),
  };
}

/** What nginx and others answer, within TLS, to a client that has none. */
const wantsCertificate =
  /no required ssl certificate|client certificate (?:is )?required|requires? a client certificate/i;
const WANTS_CERTIFICATE =
  'It asks for a client certificate (mutual TLS). Webhooks have none: they are signed. Let the receiver take them without.';

const MAX_LOCATION_LENGTH = 200;

/** Whole or not at all: in a part of it a credential that the receiver echoes could not be recognised any more. */
function nameOf(location: string): string {
  return location.length <= MAX_LOCATION_LENGTH ? location : 'the address in its header location';
}
