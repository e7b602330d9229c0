import type { Attempt } from '@interview-webhooks/schema';

/** What the server puts in the place of a secret. */
const MASK = '••••••';
const PLACEHOLDER = 'PUT-THE-SECRET-HERE';

/**
 * The request of an attempt as a command for a POSIX shell. The secret is not known here; in its place stands what
 * to put there.
 */
export function curlCommand({ url, request }: Pick<Attempt, 'url' | 'request'>): string {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `--header ${quoted(`${name}: ${value.replaceAll(MASK, PLACEHOLDER)}`)}`,
  );
  return [
    // Without globoff, curl takes brackets and braces in a URL for patterns.
    `curl --globoff --request POST ${quoted(url)}`,
    ...headers,
    // Not --data: that reads a file where the body begins with @, and drops line breaks.
    `--data-raw ${quoted(request.body)}`,
  ].join(' \\\n  ');
}

/** `text` as one word of a POSIX shell, in which nothing means anything. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
