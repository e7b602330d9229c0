import { isIP } from 'node:net';
import { isInNetworks, METADATA, nonPublicKind } from './address-guard.ts';
import type { Network } from './networks.ts';

/** The rules for where webhooks may go, as settings are saved and again at every connection. */
export interface TargetToJudge {
  readonly url: URL;
  /** Every address that the host leads to, as IP literals. */
  readonly addresses: readonly string[];
  /** Networks that are allowed although they are not public; plain http is allowed to them too. */
  readonly allowedNetworks: readonly Network[];
}

export interface TargetRefusal {
  readonly code: 'address-forbidden' | 'insecure-url';
  /** In plain words, to be read after "The URL". */
  readonly reason: string;
}

/**
 * Why webhooks may not be sent to a target, or null. One forbidden address among several is enough: which of
 * them a connection takes is not ours to choose.
 */
export function targetRefusal({ url, addresses, allowedNetworks }: TargetToJudge): TargetRefusal | null {
  const hostname = hostnameOf(url);
  const allowed = addresses.map((address) => isInNetworks(address, allowedNetworks));
  for (const [index, address] of addresses.entries()) {
    const kind = nonPublicKind(address);
    if (kind === null || (allowed[index] && kind !== METADATA)) continue;
    const leads = hostname === address ? 'is' : 'leads to';
    return {
      code: 'address-forbidden',
      reason: `${leads} the ${kind} address ${address}; webhooks are sent to public addresses only`,
    };
  }
  const allAllowed = allowed.length > 0 && allowed.every(Boolean);
  return url.protocol === 'https:' || (url.protocol === 'http:' && allAllowed)
    ? null
    : { code: 'insecure-url', reason: 'must begin with https://; plain http is not encrypted' };
}

/**
 * The host of `url` without the brackets of an IPv6 literal. The WHATWG parser has already turned octal, hex,
 * integer and shortened IPv4 forms into four numbers.
 */
export function hostnameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** The addresses of a host that no resolver is to be asked about, or null. */
export function fixedAddresses(hostname: string): readonly string[] | null {
  if (isIP(hostname)) return [hostname];
  // RFC 6761, section 6.3: these never leave the machine, whatever a resolver says.
  return /(^|\.)localhost\.?$/i.test(hostname) ? ['127.0.0.1', '::1'] : null;
}
