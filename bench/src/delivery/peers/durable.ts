/** How a peer's writes are acknowledged: as durably as ours, journaled, and of a replica set by a majority. */
export function durable(address: string) {
  return { w: address.includes('replicaSet=') ? 'majority' : 1, journal: true } as const;
}
