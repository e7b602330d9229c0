import type { IncomingMessage } from 'node:http';

/**
 * How often a request has a header: `headers` has one of several, or all of them as one. Looks only at names of the right
 * length, because every request is asked.
 *
 * @param name in lower case
 */
export function timesGiven({ rawHeaders }: IncomingMessage, name: string): number {
  let times = 0;
  // Names and values take turns.
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at];
    if (given?.length === name.length && given.toLowerCase() === name) times += 1;
  }
  return times;
}
