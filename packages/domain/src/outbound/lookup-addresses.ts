import { lookup } from 'node:dns/promises';

/** All addresses of a host name, as IP literals. Rejects when it does not resolve. */
export type AddressLookup = (hostname: string) => Promise<readonly string[]>;

/** Asks the system's resolver, which also knows the hosts file and search domains. */
export const lookupAddresses: AddressLookup = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};
