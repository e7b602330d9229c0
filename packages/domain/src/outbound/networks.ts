import ipaddr from 'ipaddr.js';
import { isIPv4, isIPv6 } from 'node:net';

/** An IP network in CIDR form, parsed. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** A network that the code itself names; what an operator gives goes through {@link parseNetwork}. */
export const network = (cidr: string): Network => ipaddr.parseCIDR(cidr);

/**
 * Where clouds answer their machines, credentials included. Most lie in link-local or private networks, Azure's
 * is a public address: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const metadataNetworks: readonly Network[] = [
  '169.254.169.254/32', // AWS, Azure, Google and most others
  '169.254.170.2/32', // AWS, a container's credentials
  '169.254.170.23/32', // AWS, a pod's credentials
  '169.254.42.42/32', // Scaleway
  '168.63.129.16/32', // Azure
  '100.100.100.200/32', // Alibaba Cloud
  '192.0.0.192/32', // Oracle Cloud
  'fd00:ec2::254/128', // AWS
  'fd00:ec2::23/128', // AWS, a pod's credentials
  'fd00:42::42/128', // Scaleway
  'fd20:ce::254/128', // Google
].map(network);

/** IPv6 networks whose addresses stand for IPv4 ones: to allow one would allow every IPv4 address in it. */
const translatedNetworks: readonly Network[] = [
  '::/96',
  '::ffff:0:0/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
].map(network);

const unspecifiedNetworks = ['0.0.0.0/8', '::/128'].map(network);
const loopbackV6 = network('::1/128');
const uniqueLocal = network('fc00::/7');

/** A wider network is as good as all addresses: each of these lets through 1/256 of IPv4, 1/65,536 of IPv6. */
const MIN_PREFIX_V4 = 8;
const MIN_PREFIX_V6 = 16;

/** Of the longest IPv6 network. */
const MAX_LENGTH = 43;

const form = 'is not a network in CIDR form such as 10.1.0.0/16 or fd12:3456:789a::/48';

/**
 * Reads a network that an operator gives. Only its canonical spelling is taken, for parsers disagree about every
 * other: `10/8` is 0.0.0.10/8 to some, and `010.0.0.0/8` is 8.0.0.0/8.
 *
 * @throws Error when `text` is none, or is one that lets through what nobody may mean to: (nearly) every address,
 *   or one where a cloud gives out credentials. The message says why, and what to write.
 */
export function parseNetwork(text: string): Network {
  // What is longer than any network may be a secret in the wrong variable.
  if (text.length > MAX_LENGTH) throw new Error(`has an entry that ${form}`);
  const [address = '', bits = '', ...rest] = text.split('/');
  const isV4 = isIPv4(address);
  if (!isV4 && (!isIPv6(address) || address.includes('%')))
    throw new Error(`${JSON.stringify(text)} ${form}`);
  const most = isV4 ? 32 : 128;
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > most)
    throw new Error(`"${text}" ${form}; for one address write ${address}/${most}`);

  const parsed: Network = [ipaddr.parse(address), Number(bits)];
  const canonical = canonicalForm(parsed);
  if (text !== canonical) throw new Error(`"${text}" is not canonical; write ${canonical}`);
  const refusal = refusalReason(parsed);
  if (refusal !== null) throw new Error(`"${text}" ${refusal}`);
  return parsed;
}

function canonicalForm([address, bits]: Network): string {
  const mask = (byte: number, index: number) =>
    byte & (0xff << (8 - Math.min(8, Math.max(0, bits - index * 8))));
  const base = ipaddr.fromByteArray(address.toByteArray().map(mask));
  return `${base instanceof ipaddr.IPv6 ? base.toRFC5952String() : base.toString()}/${bits}`;
}

/** Why an operator cannot mean a network, or null. */
function refusalReason(given: Network): string | null {
  const [address, bits] = given;
  const isV4 = address.kind() === 'ipv4';
  const isWide = isV4 ? bits < MIN_PREFIX_V4 : bits < MIN_PREFIX_V6 && !isPart(given, uniqueLocal);
  if (isWide) {
    const least = isV4 ? MIN_PREFIX_V4 : MIN_PREFIX_V6;
    return `is too wide: it takes in most of the internet; name networks of /${least} or smaller`;
  }
  if (unspecifiedNetworks.some((network) => overlap(given, network)))
    return 'holds the unspecified address, which leads to the machine itself; name the networks that you mean';
  const [metadata] = metadataNetworks.find((network) => overlap(given, network)) ?? [];
  if (metadata) {
    const name = metadata instanceof ipaddr.IPv6 ? metadata.toRFC5952String() : metadata.toString();
    return `holds the cloud metadata address ${name}, which gives out credentials; name smaller networks without it`;
  }
  if (!isPart(given, loopbackV6) && translatedNetworks.some((network) => overlap(given, network)))
    return 'stands for IPv4 addresses, all of them included; name the IPv4 networks that you mean';
  return null;
}

function overlap(one: Network, other: Network): boolean {
  return isPart(one, other) || isPart(other, one);
}

function isPart([address, bits]: Network, whole: Network): boolean {
  return bits >= whole[1] && isWithin(address, [whole]);
}

/** Whether a parsed address lies in one of `networks`. */
export function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, networks: readonly Network[]): boolean {
  return networks.some(([base, bits]) => address.kind() === base.kind() && address.match(base, bits));
}
