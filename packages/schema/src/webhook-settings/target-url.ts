import { z } from 'zod';

export const MAX_URL_LENGTH = 2048;

/**
 * What is wrong with a webhook's URL as text, or null. Which addresses it may lead to is the server's
 * business; see the address guard in `packages/domain`.
 *
 * Looks at the text as given, not only at what the WHATWG parser makes of it: the parser drops line breaks
 * and tabs, turns backslashes into slashes and hides an empty `@` or `#`, and what is stored must be what
 * is sent.
 */
export function targetUrlFault(value: string): string | null {
  if (/[\s\\\p{Cc}]/u.test(value) || !value.isWellFormed()) {
    return 'must not contain spaces, backslashes or control characters; percent-encode them';
  }
  if (!/^https?:\/\//i.test(value)) return 'must be a full URL that begins with https://';
  if (!URL.canParse(value)) return 'must be a valid URL, for example https://example.com/webhooks';
  const url = new URL(value);
  if (/^https?:\/\/[^/?#]*@/i.test(value))
    return 'must not contain a username or password; use auth for those';
  if (value.includes('#')) return 'must not contain a fragment (#...); it is never sent to a server';
  if (url.port === '0') return 'must not use port 0';
  if (url.href.length > MAX_URL_LENGTH)
    return `must have at most ${MAX_URL_LENGTH.toLocaleString('en')} characters once encoded`;
  return null;
}

/**
 * `url` as it goes over the wire: with what the WHATWG parser resolves (`/a/%2e%2e/b`), encodes (`'` in a query, `{`),
 * lowers (the host), turns into A-labels or leaves out (a default port, an empty query). What is not a URL stays.
 */
export function urlAsSent(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname, search } = new URL(url);
  const sent = `${protocol}//${host}${pathname}${search}`;
  // A path that was left out is asked for as "/", which changes nothing worth showing.
  return sent === `${url}/` ? url : sent;
}

/** An absolute http(s) URL without credentials or fragment, kept as it was given. */
export const TargetUrl = z
  .string()
  .max(MAX_URL_LENGTH)
  .superRefine((value, context) => {
    const fault = targetUrlFault(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  })
  .meta({
    format: 'uri',
    description: 'https URL that receives the event as POST.',
    examples: ['https://example.com/webhook/start'],
  });

/** Where a webhook is sent. Stored and shown as it will be sent, so that nobody looks for a request that never comes. */
export const SentUrl = TargetUrl.transform(urlAsSent);
