import { getServers } from 'node:dns';
import { Resolver } from 'node:dns/promises';

/** DNS servers were asked for a name, and none of them answered in time. */
export class SilentNameError extends Error {
  constructor(options?: ErrorOptions) {
    super('DNS did not answer in time', options);
    this.name = 'SilentNameError';
  }
}

export interface DnsQuestion {
  /** Those of the system unless given; IP literals, with a port or without. */
  readonly servers?: readonly string[] | undefined;
  /** For all servers and both kinds of addresses together. */
  readonly timeoutMs: number;
  /** Takes the question back. */
  readonly signal: AbortSignal;
}

/**
 * Checks a DNS server such as `10.0.0.2`, `10.0.0.2:5353` or `[fd00::2]:53`.
 *
 * @throws Error when `text` is none
 */
export function parseDnsServer(text: string): string {
  try {
    new Resolver().setServers([text]);
  } catch (cause) {
    throw new Error(
      `"${text}" is not the address of a DNS server such as 10.0.0.2, 10.0.0.2:5353 or [fd00::2]:53`,
      { cause },
    );
  }
  return text;
}

/** Where one family has been found, the other one may take so much longer. */
const OTHER_FAMILY_MS = 500;

/**
 * The addresses of a full name, by DNS alone; IPv4 first. Takes no thread: `getaddrinfo` takes one of a small pool for as
 * long as a name's servers are silent, and with it everybody else's look-ups. No search domains are tried.
 *
 * Each question has a resolver of its own, so that it can be taken back alone, goes out from a port of its own, and goes
 * by what the system's configuration says now. Making one costs 40 µs.
 *
 * @throws SilentNameError when nobody answers, the signal's reason, and what DNS answers for a name without addresses
 */
export async function askDns(
  name: string,
  { servers, timeoutMs, signal }: DnsQuestion,
): Promise<readonly string[]> {
  signal.throwIfAborted();
  // Where the first server is down there must be time for the next one.
  const timeout = Math.ceil(timeoutMs / Math.max(1, (servers ?? getServers()).length));
  const resolver = new Resolver({ timeout, tries: 1 });
  if (servers) resolver.setServers(servers);
  const cancel = () => {
    resolver.cancel();
  };
  const timers = [setTimeout(cancel, timeoutMs)];
  signal.addEventListener('abort', cancel);
  // A connection goes to an address that was found and checked, so those that are not found do no harm.
  const oneFamilyFound = (addresses: string[]) => {
    timers.push(setTimeout(cancel, OTHER_FAMILY_MS));
    return addresses;
  };
  try {
    const families = await Promise.allSettled([
      resolver.resolve4(name).then(oneFamilyFound),
      resolver.resolve6(name).then(oneFamilyFound),
    ]);
    const found = families.flatMap((family) => (family.status === 'fulfilled' ? family.value : []));
    if (found.length > 0) return found;
    signal.throwIfAborted();
    throw mostTelling(families);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

/** "There is no such name" is for both families; a silence says more than that there is no address of the other one. */
function mostTelling(families: readonly PromiseSettledResult<unknown>[]): Error {
  const errors = families.map((family) =>
    family.status === 'rejected' && family.reason instanceof Error
      ? family.reason
      : new Error('no addresses'),
  );
  const withCode = (...codes: string[]) => errors.find((error) => codes.includes(codeOf(error)));
  const silence = withCode('ETIMEOUT', 'ECANCELLED');
  return (
    withCode('ENOTFOUND') ??
    (silence && new SilentNameError({ cause: silence })) ??
    errors.find((error) => codeOf(error) !== 'ENODATA') ??
    errors[0] ??
    new Error('no addresses')
  );
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
