import type { AddressLookup } from '@interview-webhooks/domain';

/**
 * Lets look-ups of one name that run at the same time share one. The system's resolver takes a thread of a
 * small pool for each, so a name whose DNS hangs would otherwise stop all others with a few deliveries.
 * Nothing is remembered beyond the look-up's end.
 */
export function shareLookups(lookup: AddressLookup): AddressLookup {
  const running = new Map<string, Promise<readonly string[]>>();
  return (hostname) => {
    const joined = running.get(hostname);
    if (joined) return joined;
    const started = (async () => {
      try {
        return await lookup(hostname);
      } finally {
        running.delete(hostname);
      }
    })();
    running.set(hostname, started);
    return started;
  };
}
