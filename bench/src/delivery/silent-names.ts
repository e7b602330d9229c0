/** Whether the nth endpoint has a name that only this server is asked for: the first of each `silentEvery`; with 0, none. */
export function isSilent(endpoint: number, silentEvery: number): boolean {
  return silentEvery > 0 && endpoint % silentEvery === 0;
}

/** Plain http needs an address that is known to be allowed, so a name that leads nowhere has https. */
export function silentUrlOf(endpoint: number): string {
  return `https://endpoint-${endpoint}.silent.test/hooks/start`;
}
