import ipaddr from 'ipaddr.js';

/** What one subscriber of a provider has of IPv6 at least (RFC 6177): any address in it may be theirs in a moment. */
const IPV6_PREFIX_BITS = 64;

/**
 * What callers are counted by who have no key: an IPv4 address, also where it is mapped into IPv6, or the /64 of an IPv6
 * address, such as `2001:db8:0:1::/64`. What is no address stands for itself.
 */
export function callerNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(
    `${parsed.toNormalizedString().split('%', 1)[0]}/${IPV6_PREFIX_BITS}`,
  );
  return `${network.toString()}/${IPV6_PREFIX_BITS}`;
}
