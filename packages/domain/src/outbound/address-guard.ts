import ipaddr from 'ipaddr.js';
import { isWithin, metadataNetworks, type Network, network } from './networks.ts';

export const loopbackNetworks: readonly Network[] = [network('127.0.0.0/8'), network('::1/128')];

/** The one kind that no allowed network opens: what answers there are the credentials of our own machines. */
export const METADATA = 'cloud metadata';

/** Names for people, by ipaddr.js range; a range without one is called `reserved`. */
const names: Record<string, string> = {
  '6to4': 'translated (6to4)',
  carrierGradeNat: 'private (carrier-grade NAT)',
  ipv4Mapped: 'translated (IPv4-mapped)',
  linkLocal: 'link-local',
  loopback: 'loopback',
  multicast: 'multicast',
  private: 'private',
  rfc6052: 'translated (NAT64)',
  rfc6145: 'translated (IPv4-translated)',
  teredo: 'translated (Teredo)',
  uniqueLocal: 'private',
  unspecified: 'unspecified',
};

/** Reserved networks of IANA's special-purpose registries that ipaddr.js counts as ordinary unicast. */
const alsoReserved: readonly Network[] = [
  network('192.0.0.0/24'),
  network('192.88.99.0/24'),
  network('2001::/23'),
  network('3fff::/20'),
];

/** All that is ever routed publicly over IPv6; what IANA has not given out cannot be a receiver. */
const globalUnicastV6 = network('2000::/3');

/**
 * What kind of non-public address `address` (an IP literal, no brackets) is, or null for a public one. A
 * webhook must never lead into the sender's own network: that would let a customer reach its databases, its
 * metadata service or its loopback ports from inside.
 *
 * Fails closed: what does not parse is `malformed`, what is not known to be public is `reserved`.
 */
export function nonPublicKind(address: string): string | null {
  // A zone id (fe80::1%eth0) only makes sense on a link, and parsers disagree about it.
  if (address.includes('%') || !ipaddr.isValid(address)) return 'malformed';
  const parsed = ipaddr.parse(address);
  if (isWithin(parsed, metadataNetworks)) return METADATA;
  const range = parsed.range();
  if (range !== 'unicast') return names[range] ?? 'reserved';
  if (isWithin(parsed, alsoReserved)) return 'reserved';
  if (parsed.kind() === 'ipv6' && !isWithin(parsed, [globalUnicastV6])) return 'reserved';
  return null;
}

/** Whether `address` (an IP literal) lies in one of `networks`. */
export function isInNetworks(address: string, networks: readonly Network[]): boolean {
  return !address.includes('%') && ipaddr.isValid(address) && isWithin(ipaddr.parse(address), networks);
}
