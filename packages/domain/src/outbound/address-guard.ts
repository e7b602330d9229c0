import ipaddr from 'ipaddr.js';

/** An IP network in CIDR form, parsed. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/**
 * Reads a CIDR network such as `10.1.0.0/16` or `fd00::/8`.
 *
 * @throws Error when `text` is none
 */
export function parseNetwork(text: string): Network {
  if (!ipaddr.isValidCIDR(text))
    throw new Error(`"${text}" is not a network in CIDR form such as 10.1.0.0/16`);
  return ipaddr.parseCIDR(text);
}

export const loopbackNetworks: readonly Network[] = [parseNetwork('127.0.0.0/8'), parseNetwork('::1/128')];

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
  parseNetwork('192.0.0.0/24'),
  parseNetwork('192.88.99.0/24'),
  parseNetwork('2001::/23'),
  parseNetwork('3fff::/20'),
];

/** All that is ever routed publicly over IPv6; what IANA has not given out cannot be a receiver. */
const globalUnicastV6 = parseNetwork('2000::/3');

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
  if (isWithin(parsed, ['169.254.169.254/32', 'fd00:ec2::254/128'].map(parseNetwork)))
    return 'cloud metadata';
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

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, networks: readonly Network[]): boolean {
  return networks.some(([base, bits]) => address.kind() === base.kind() && address.match(base, bits));
}
